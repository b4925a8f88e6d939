package export

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kawasan/geo"
)

// Folder is a private folder for the files of one Writer, made when it is first used.
type Folder struct {
	parent string
	path   string
}

// NewFolder will be below Options.TempDir.
func NewFolder(o Options) *Folder { return &Folder{parent: o.TempDir} }

// Path gives the path of a file of that name in the folder; Unavailable if the
// folder can't be made.
func (d *Folder) Path(name string) (string, error) {
	if d.path == "" {
		path, err := os.MkdirTemp(d.parent, "export-")
		if err != nil {
			return "", NoRoom(err)
		}
		d.path = path
	}
	return filepath.Join(d.path, name), nil
}

// Create makes a file in the folder, to be written and then read.
func (d *Folder) Create(name string) (*os.File, error) {
	path, err := d.Path(name)
	if err != nil {
		return nil, err
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, NoRoom(err)
	}
	return file, nil
}

// Copy writes a file of the folder to out.
func (d *Folder) Copy(out io.Writer, name string) (err error) {
	path, err := d.Path(name)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("send the file built: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err = io.Copy(out, file); err != nil {
		return fmt.Errorf("send the file built: %w", err)
	}
	return nil
}

// Remove deletes the folder with all in it. It may be called again.
func (d *Folder) Remove() {
	if d.path != "" {
		_ = os.RemoveAll(d.path) // what stays is a temporary file: no fault of the export
		d.path = ""
	}
}

// NoRoom is the error for temporary files that can't be written: Unavailable.
func NoRoom(cause error) error {
	return geo.Errorf(geo.Unavailable, "the file can't be built for want of temporary space").Because(cause)
}
