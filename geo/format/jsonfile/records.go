package jsonfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"kawasan/geo"
	"kawasan/geo/format/geojson"
	"kawasan/geo/format/source"
)

// separator stands before each record of a text sequence (RFC 8142).
const separator = 0x1e

// lineNames are extensions of files with a feature a line.
var lineNames = []string{".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".geojsonseq"}

// recordsOf tells what stands between the records of a file that has one feature behind
// the other, separator or a line feed; 0 for a file that is one object, or several of
// which nothing tells where one ends. Where records can be told apart, one that is broken
// spoils none of the others.
func (r *reader) recordsOf() (byte, error) {
	file, err := r.member.Open()
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	in := bufio.NewReaderSize(file, 64<<10)
	skipMark(in)
	c, err := firstOf(in)
	switch c {
	case separator:
		_, _ = in.ReadByte() // it was just peeked
		c, err = firstOf(in)
	case '{':
		c = '\n'
	}
	head, _ := in.Peek(256)
	switch {
	case err != nil || bytes.Contains(head, []byte(`"FeatureCollection"`)) || bytes.Contains(head, []byte(`"features"`)):
		return 0, nil // reading it says what is wrong
	case c != '\n':
		return separator, nil
	case slices.Contains(lineNames, r.member.Extension()):
		return '\n', nil
	}
	line, err := until(in, '\n', nil, r.limits.FeatureBytes)
	if err != nil || !bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) {
		return 0, nil // one line alone, or a line that goes on
	}
	if c, _ := firstOf(in); c != '{' {
		return 0, nil
	}
	return '\n', nil
}

// firstOf passes over blanks and gives what stands behind them.
func firstOf(in *bufio.Reader) (byte, error) {
	for range mostBlanks {
		c, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(c)) {
			return c, in.UnreadByte()
		}
	}
	return 0, io.ErrNoProgress
}

// errLong says that a record is longer than one may be.
var errLong = errors.New("too long")

// until reads up to a byte, which it leaves out, into the buffer. At the end of the file
// it gives what is there with io.EOF.
func until(in *bufio.Reader, end byte, buffer []byte, limit int) ([]byte, error) {
	buffer = buffer[:0]
	for {
		piece, err := in.ReadSlice(end)
		buffer = append(buffer, piece...)
		switch {
		case len(buffer) > limit:
			return buffer, errLong
		case err == nil:
			return buffer[:len(buffer)-1], nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return buffer, err
		}
	}
}

// records reads one record after the other.
func (w *walker) records(in *bufio.Reader) error {
	var buffer []byte
	for line, ended := 1, false; !ended; {
		var err error
		buffer, err = until(in, w.r.between, buffer, w.r.limits.FeatureBytes)
		switch {
		case errors.Is(err, errLong):
			return w.r.tooLong()
		case errors.Is(err, io.EOF):
			ended = true
		case err != nil:
			return source.Place{File: w.r.member.Name, Line: line}.Ended(err, "the file can't be read")
		}
		record := bytes.TrimLeft(buffer, " \t\r\n")
		begins := line + bytes.Count(buffer[:len(buffer)-len(record)], []byte("\n"))
		if record = bytes.TrimRight(record, " \t\r\n"); len(record) > 0 {
			if err := w.record(record, begins); err != nil {
				return err
			}
		}
		line += bytes.Count(buffer, []byte("\n"))
		if w.r.between == '\n' {
			line++
		}
	}
	return nil
}

// record reads one, mostly a single feature. What is no JSON is a fault of its own.
func (w *walker) record(record []byte, line int) error {
	if json.Valid(record) {
		if m, ok := geojson.ReadMembers(record); ok && string(m.Type) == `"Feature"` {
			return w.give(item{Members: m, line: line})
		}
	}
	w.json, w.lines = json.NewDecoder(bytes.NewReader(record)), lines{before: line - 1}
	err := w.objects()
	if err == nil || errors.Is(err, source.ErrStop) || w.ctx.Err() != nil {
		return err
	}
	var syntax *json.SyntaxError
	var known *geo.Error
	what := geo.Text{EN: "it ends in the middle", ID: "berakhir di tengah"}
	switch {
	case errors.As(err, &known):
		if w.number > 0 && known.Code == geo.Invalid {
			what = geo.Text{EN: "it is no feature", ID: "ini bukan fitur"}
			break
		}
		return err
	case errors.As(err, &syntax) && noNumber(syntax):
		what = geo.Textf("at character %d stands NaN or Infinity, perhaps, which JSON doesn't have", "di huruf ke-%d mungkin ada NaN atau Infinity, yang tidak ada dalam JSON", syntax.Offset)
	case errors.As(err, &syntax) && syntax.Offset < int64(len(record)):
		what = geo.Textf("the JSON is not right at character %d: %s", "JSON-nya tidak benar di huruf ke-%d: %s", syntax.Offset, syntax.Error())
	}
	return w.give(item{line: line, fault: &what})
}
