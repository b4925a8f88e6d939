package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// fingerprint gives the SHA-256 and the size of what came: of the file itself, or of
// a folder's files one after another, each behind its name and size. Members that
// were not named but brought along count too.
func fingerprint(in *source.Input) (string, int64, error) {
	sum := sha256.New()
	if file, ok := in.Original(); ok && len(in.Members) <= 1 || ok && in.Zipped {
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
