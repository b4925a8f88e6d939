package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// fingerprint takes hash and size of the input of a part. A file as it came is read beside
// what goes on; whoever calls what it gives waits for that.
func (p *part) fingerprint() (wait func() error) {
	take := func() (err error) {
		p.sha256, p.bytes, err = fingerprint(p.input)
		return err
	}
	if _, ok := whole(p.input); !ok {
		err := take()
		return func() error { return err }
	}
	done := make(chan error, 1)
	go func() { done <- guarded(take) }()
	return func() error { return <-done }
}

// whole gives the file as it came; false for a folder, and for a file that brought others along.
func whole(in *source.Input) (*io.SectionReader, bool) {
	file, ok := in.Original()
	return file, ok && (in.Zipped || len(in.Members) <= 1)
}

// fingerprint gives the SHA-256 and the size of what came: of the file itself, or of
// a folder's files one after another, each behind its name and size. Members that
// were not named but brought along count too.
func fingerprint(in *source.Input) (string, int64, error) {
	sum := sha256.New()
	if file, ok := whole(in); ok {
		n, err := io.Copy(sum, file)
		if err != nil {
			return "", 0, geo.Errorf(geo.Unavailable, "the file can't be read").Because(err)
		}
		return hex.EncodeToString(sum.Sum(nil)), n, nil
	}
	var total int64
	for _, m := range in.Members {
		r, err := m.Open()
		if err != nil {
			return "", 0, err
		}
		_, _ = fmt.Fprintf(sum, "%s %d\n", m.Name, m.Size)
		n, err := io.Copy(sum, r)
		_ = r.Close() // it was only read
		if err != nil {
			return "", 0, geo.Errorf(geo.Unavailable, "the file can't be read").Because(err)
		}
		total += n
	}
	return hex.EncodeToString(sum.Sum(nil)), total, nil
}
