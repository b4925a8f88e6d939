package gpkg

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kawasan/geo/format/export"
)

// folder is a private folder for the database that is being made: SQLite wants a
// file with a name.
type folder struct{ path string }

func newFolder(o export.Options) (*folder, error) {
	path, err := os.MkdirTemp(o.TempDir, "export-")
	if err != nil {
		return nil, export.NoRoom(err)
	}
	return &folder{path}, nil
}

func (d *folder) file() string { return filepath.Join(d.path, "layers.gpkg") }

// copy writes the file to out.
func (d *folder) copy(out io.Writer) (err error) {
	file, err := os.Open(d.file())
	if err != nil {
		return export.NoRoom(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err = io.Copy(out, file); err != nil {
		return fmt.Errorf("send the file built: %w", err)
	}
	return nil
}

// remove deletes the folder with all in it. It may be called again.
func (d *folder) remove() { _ = os.RemoveAll(d.path) } // what stays is a temporary file: no fault of the export
