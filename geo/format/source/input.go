package source

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kawasan/geo"
)

// Input is what is read: a file, the files of a folder, or those of an archive.
type Input struct {
	// Name is what the input is called: the base name of the file or folder.
	Name string
	// Path is where it lies on disk; "" for an upload.
	Path string
	// Zipped says that the members come out of an archive.
	Zipped bool
	// Members are the files, in order of their names; one for a plain file.
	Members []*Member

	options Options
	file    io.ReaderAt // the original as it came; nil for a folder
	size    int64
	closers []io.Closer
	budget  int64 // bytes that may still be unpacked
	temp    string
}

// OpenPath opens a file, a folder, a zip or what gzip packed on disk. A file of a shapefile brings
// the others of the same name with it. The caller closes the input.
func OpenPath(name string, o Options) (*Input, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	if info.IsDir() {
		return openFolder(name, o)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	in, err := Open(filepath.Base(name), file, info.Size(), o)
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	in.Path = name
	in.closers = append(in.closers, file)
	if !in.Zipped {
		in.Members[0].path = name
		in.addSiblings(name)
	}
	return in, nil
}

// Open opens a file that is at hand as bytes: an upload, say. It may be a zip, or packed by gzip.
func Open(name string, file io.ReaderAt, size int64, o Options) (*Input, error) {
	in := newInput(name, o)
	in.file, in.size = file, size
	if size == 0 {
		return nil, Place{File: name}.Broken("the file is empty")
	}
	if size > in.options.Bytes {
		return nil, Place{File: name}.Errorf(geo.TooLarge, "the file has %d MB; %d MB are the limit", size>>20, in.options.Bytes>>20).Try("the same data in several files")
	}
	var head [4]byte
	if _, err := file.ReadAt(head[:min(4, size)], 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(name, err)
	}
	if bytes.HasPrefix(head[:], []byte("PK\x03\x04")) || bytes.HasPrefix(head[:], []byte("PK\x05\x06")) {
		in.Zipped = true
		return in, in.unzip()
	}
	if bytes.HasPrefix(head[:], []byte{0x1f, 0x8b, 8}) {
		in.Zipped = true
		return in, in.gunzip()
	}
	in.Members = []*Member{{Name: name, Size: size, in: in, at: file}}
	return in, nil
}

func newInput(name string, o Options) *Input {
	o.Limits = o.WithDefaults()
	return &Input{Name: name, options: o, budget: o.Bytes}
}

// openFolder takes the files of a folder and of those within it.
func openFolder(root string, o Options) (*Input, error) {
	in := newInput(filepath.Base(filepath.Clean(root)), o)
	in.Path = root
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !e.Type().IsRegular():
			return nil // a folder to walk into, or a link, which is not followed
		case len(in.Members) == in.options.Members:
			return Place{File: in.Name}.Errorf(geo.TooLarge, "the folder holds more than %d files", in.options.Members).Try("the folder with the data alone")
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		in.Members = append(in.Members, &Member{Name: filepath.ToSlash(name), Size: info.Size(), in: in, path: file})
		return nil
	})
	if err != nil {
		return nil, unreadable(root, err)
	}
	if len(in.Members) == 0 {
		return nil, Place{File: in.Name}.Broken("the folder is empty")
	}
	in.sort()
	return in, nil
}

// shapefile are the extensions of the files that make up a shapefile.
var shapefile = []string{".shp", ".dbf", ".shx", ".prj", ".cpg"}

// Journals are the ends of the names of files in which SQLite has what is not yet, or only
// half, in the file beside them.
var Journals = []string{"-wal", "-journal"}

// addSiblings adds to a file of a shapefile those that stand beside it and differ in the
// extension alone, and to any its journals. Else a file stands for itself, whatever lies beside it.
func (in *Input) addSiblings(name string) {
	for _, end := range Journals {
		if info, err := os.Stat(name + end); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
			in.Members = append(in.Members, &Member{Name: filepath.Base(name) + end, Size: info.Size(), in: in, path: name + end})
		}
	}
	if !slices.Contains(shapefile, strings.ToLower(filepath.Ext(name))) {
		return
	}
	stem := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return // the file itself can be read, and may need no others
	}
	for _, e := range entries {
		extension := strings.ToLower(filepath.Ext(e.Name()))
		if !strings.EqualFold(strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())), stem) || e.Name() == filepath.Base(name) ||
			!slices.Contains(shapefile, extension) {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			in.Members = append(in.Members, &Member{Name: e.Name(), Size: info.Size(), in: in, path: filepath.Join(filepath.Dir(name), e.Name())})
		}
	}
	in.sort()
}

func (in *Input) sort() {
	slices.SortStableFunc(in.Members, func(a, b *Member) int { return cmp.Compare(a.Name, b.Name) })
}

// Original gives the file as it came, for its hash; a folder has none and gives false.
func (in *Input) Original() (*io.SectionReader, bool) {
	if in.file == nil {
		return nil, false
	}
	return io.NewSectionReader(in.file, 0, in.size), true
}

// Unchanged fails with Conflict if the files are not as they were when State gave this.
func (in *Input) Unchanged(since string) error {
	if in.State() == since {
		return nil
	}
	return geo.Errorf(geo.Conflict, "%s changed while it was read", clip(in.Name)).Try("the same import once nobody writes to the file")
}

// State tells files on disk as they are now from what they may be later: their sizes and
// the times they were last written. It is empty for an upload.
func (in *Input) State() string {
	paths := []string{in.Path}
	for _, m := range in.Members {
		if m.packed == nil { // else its file is one of ours
			paths = append(paths, m.path)
		}
	}
	var s strings.Builder
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
			fmt.Fprintf(&s, "%s %d %d\n", p, info.Size(), info.ModTime().UnixNano())
		}
	}
	return s.String()
}

// Find gives the member of that name, whatever the case; nil if there is none.
func (in *Input) Find(name string) *Member {
	i := slices.IndexFunc(in.Members, func(m *Member) bool { return strings.EqualFold(m.Name, name) })
	if i < 0 {
		return nil
	}
	return in.Members[i]
}

// Beside gives the member that differs from m in the extension alone (with its
// dot), whatever the case; nil if there is none. It takes desa.shp.xml for no companion of desa.
func (in *Input) Beside(m *Member, extension string) *Member {
	return in.Find(strings.TrimSuffix(m.Name, path.Ext(m.Name)) + extension)
}

// Close closes the files and removes what was unpacked.
func (in *Input) Close() error {
	var err error
	for _, c := range in.closers {
		err = errors.Join(err, c.Close())
	}
	in.closers = nil
	if in.temp != "" {
		err = errors.Join(err, os.RemoveAll(in.temp))
		in.temp = ""
	}
	return err
}

func unreadable(name string, err error) error {
	var known *geo.Error
	if errors.As(err, &known) {
		return known
	}
	at := Place{File: filepath.Base(name)}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return at.Errorf(geo.NotFound, "there is no such file").Because(err).Try("the path of a file or folder that exists")
	case errors.Is(err, fs.ErrPermission):
		return at.Errorf(geo.Invalid, "the file may not be read by this user").Because(err).Try("the right to read it")
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return at.Broken("the file ends too early or is damaged").Because(err)
	}
	return at.Errorf(geo.Invalid, "the file can't be read").Because(err)
}
