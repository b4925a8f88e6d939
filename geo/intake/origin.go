package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// origin is what the record of an import says of where a part came from.
type origin struct {
	sha256 string
	bytes  int64
}

// newOrigin gives a function that reads the input of a part for its origin, once, whoever
// asks first; who comes meanwhile waits. A file that was written to since is Conflict: the
// hash would not be that of what was taken in.
func newOrigin(in *source.Input) func() (origin, error) {
	opened := in.State()
	return sync.OnceValues(func() (o origin, err error) {
		defer geo.Recover(&err)
		o.sha256, o.bytes, err = fingerprint(in)
		if err == nil {
			err = in.Unchanged(opened)
		}
		return o, err
	})
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
