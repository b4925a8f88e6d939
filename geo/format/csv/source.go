package csv

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// Source describes tables as they are read: comma, semicolon or tab between the
// cells, names of columns in the first line, and the geometry as WKT or in columns
// for longitude and latitude.
func Source() source.Format {
	return source.Format{
		Name: "csv", Extensions: []string{".csv", ".tsv", ".tab", ".txt"}, Title: geo.Text{EN: "CSV"},
		Recognises: recognise, Open: openSource,
	}
}

// recognise looks for text with a line that names several columns. In an archive
// and under another name it must name those of a geometry.
func recognise(m *source.Member) bool {
	head := m.Head()
	if len(head) == 0 || !source.IsText(head) {
		return false
	}
	in, err := source.Decode(bytes.NewReader(head), head, "")
	if err != nil {
		return false
	}
	names, _ := newTable(in).names()
	if geometryOf(names).found() {
		return true
	}
	return slices.Contains([]string{".csv", ".tsv"}, m.Extension()) && len(names) > 1
}

// separator finds what stands between the cells, and takes a line that says so
// (sep=;) away.
func separator(text []byte) (rune, []byte) {
	if line, rest, found := bytes.Cut(text, []byte("\n")); found {
		if s, ok := strings.CutPrefix(strings.ToLower(string(bytes.Trim(line, "\"\r"))), "sep="); ok && len(s) == 1 {
			return rune(s[0]), rest
		}
	}
	best, most, quoted := ',', 0, false
	counts := map[rune]int{}
	for _, c := range string(text) {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			if most > 0 {
				return best, text
			}
		case c == ',' || c == ';' || c == '\t' || c == '|':
			if counts[c]++; counts[c] > most {
				best, most = c, counts[c]
			}
		}
	}
	return best, text
}

type reader struct {
	member   *source.Member
	options  source.Options
	layer    source.Layer
	columns  []column // those that are attributes
	geometry geometry
	width    int
}

func openSource(ctx context.Context, in *source.Input, members []*source.Member, o source.Options) (source.Source, error) {
	if len(members) > 1 {
		return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "there are %d tables in it", len(members)).Try("one at a time")
	}
	o.Limits = o.WithDefaults()
	r := &reader{member: members[0], options: o}
	if err := r.survey(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// Layers gives the one layer.
func (r *reader) Layers() []source.Layer { return []source.Layer{r.layer} }

// Close does nothing: the file is the input's.
func (r *reader) Close() error { return nil }

// Features reads the rows in their order.
func (r *reader) Features(ctx context.Context, _ int) iter.Seq2[*source.Feature, error] {
	return source.Sequence(func(give func(*source.Feature, error) error) error {
		return r.rows(ctx, func([]string, int) error { return nil }, func(cells []string, at source.Place) error {
			return give(r.feature(cells, at))
		})
	})
}

// rows reads the line with the names and then the rows.
func (r *reader) rows(ctx context.Context, header func(names []string, titles int) error, row func([]string, source.Place) error) error {
	file, err := r.member.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	text, err := source.Decode(file, r.member.Head(), r.options.Encoding)
	if err != nil {
		return err
	}
	at := source.Place{File: r.member.Name}
	in := &source.Allowance{In: text, Left: r.options.FeatureBytes, Spent: at.Errorf(geo.TooLarge, "a single row is longer than the %d MB that are the limit: a quote is never closed, perhaps", r.options.FeatureBytes>>20)}
	t := newTable(in)
	_, titles := t.names()
	for number := -int64(titles); ; number++ {
		in.Left = r.options.FeatureBytes
		cells, err := t.next()
		switch {
		case errors.Is(err, io.EOF) && number > 0:
			return nil
		case err != nil:
			return fault(at, err, t.shift)
		case number < 0:
			continue
		case number == 0:
			if err := header(cells, titles); err != nil {
				return err
			}
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		place := at
		place.Line, place.Feature = t.line(), number
		if number > r.options.Features {
			return place.Errorf(geo.TooLarge, "the table has more than %d rows", r.options.Features).Try("the same data in several files")
		}
		if err := row(cells, place); err != nil {
			return err
		}
	}
}

// fault names the place of an error of the reader of CSV.
func fault(at source.Place, err error, shift int) error {
	var known *geo.Error
	var parse *csv.ParseError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &parse):
		if at.Line, at.Column = parse.Line+shift, parse.Column; parse.StartLine < parse.Line {
			return at.Errorf(geo.Invalid, "the table can't be read here: %s in the row that begins in line %d", flaw(parse.Err), parse.StartLine+shift).Because(err).Try("quotes within a quoted cell doubled, and each quote closed")
		}
		return at.Errorf(geo.Invalid, "the table can't be read here: %s", flaw(parse.Err)).Because(err).Try("quotes within a quoted cell doubled, and each quote closed")
	}
	return at.Broken("the table has no line with the names of its columns").Because(err)
}

// flaw words what the parser says of a row.
func flaw(err error) geo.Phrase {
	switch {
	case errors.Is(err, csv.ErrBareQuote):
		return geo.Phrasef("a quote stands in a cell that does not begin with one")
	case errors.Is(err, csv.ErrQuote):
		return geo.Phrasef("a quoted cell is not closed, or something follows its closing quote")
	}
	return geo.Phrasef("its cells can't be told apart")
}
