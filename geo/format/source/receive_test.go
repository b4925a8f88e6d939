package source_test

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// What comes as a stream is there whole or not at all, and leaves nothing behind.
func TestReceive(t *testing.T) {
	t.Parallel()
	const table = "id,lon,lat\na,116.5,-1.2\n"
	tests := []struct {
		name string
		body io.Reader
		most int64
		code geo.Code // "" for a file that is taken
	}{
		{"a file", strings.NewReader(table), 100, ""},
		{"just as large as it may be", strings.NewReader(table), int64(len(table)), ""},
		{"too large", strings.NewReader(table), int64(len(table)) - 1, geo.TooLarge},
		{"without end", io.MultiReader(strings.NewReader(table), endless{}), 1 << 20, geo.TooLarge},
		{"broken off", io.MultiReader(strings.NewReader(table[:15]), iotest.ErrReader(errors.New("reset by peer"))), 100, geo.Invalid},
		{"empty", strings.NewReader(""), 100, geo.Invalid},
		{"a zip cut short", strings.NewReader("PK\x03\x04 and no more"), 100, geo.Invalid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := source.Options{TempDir: t.TempDir()}
			in, err := source.Receive("points.csv", test.body, test.most, o)
			if test.code != "" {
				if !geo.IsCode(err, test.code) || geo.AsError(err).Fix == "" {
					t.Errorf("got %v, want %s with what would be right", err, test.code)
				}
			} else {
				if err != nil {
					t.Fatal(err)
				}
				r, err := in.Members[0].Open()
				if err != nil {
					t.Fatal(err)
				}
				got, _ := io.ReadAll(r)
				_ = r.Close()
				if path, err := in.Members[0].Path(); err != nil || string(got) != table || path == "" {
					t.Errorf("got %q at %s, %v", got, path, err)
				}
				if err := in.Close(); err != nil {
					t.Error(err)
				}
			}
			if left, err := os.ReadDir(o.TempDir); err != nil || len(left) > 0 {
				t.Errorf("%d files are left, %v", len(left), err)
			}
		})
	}
}

// endless gives blanks for ever.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
