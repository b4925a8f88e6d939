package xlsx

import (
	"io"

	"kawasan/geo/format/export"
)

// FormatOf gives the format with smaller sheets.
func FormatOf(rows int) export.Format {
	f := Format()
	f.New = func(out io.Writer, o export.Options) (export.Writer, error) {
		w, err := New(out, o)
		w.(*writer).rows = rows //nolint:forcetypeassert // New gives no other
		return w, err
	}
	return f
}
