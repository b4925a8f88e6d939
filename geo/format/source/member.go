package source

import (
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"kawasan/geo"
)

// headSize is how many bytes of a member are looked at to recognise it.
const headSize = 8 << 10

// Member is one file of an input.
type Member struct {
	// Name is its path within the input, with slashes.
	Name string
	// Size is what the folder or the zip says; a zip may lie, and gzip says nothing (0).
	Size int64

	in     *Input
	at     io.ReaderAt // when it is at hand as bytes
	path   string      // when it is a file on disk
	packed *packed     // when it is in an archive
	head   []byte
	looked bool
}

// Extension is that of the name in lower case, with its dot.
func (m *Member) Extension() string { return strings.ToLower(path.Ext(m.Name)) }

// Base is the name without folders and extension.
func (m *Member) Base() string {
	return strings.TrimSuffix(path.Base(m.Name), path.Ext(m.Name))
}

// Beside gives the member that differs in the extension alone; see Input.Beside.
func (m *Member) Beside(extension string) *Member { return m.in.Beside(m, extension) }

// Head gives the first bytes, at most 8 KiB; none if they can't be read.
func (m *Member) Head() []byte {
	if m.looked {
		return m.head
	}
	m.looked = true
	r, err := m.Open()
	if err != nil {
		return nil
	}
	defer func() { _ = r.Close() }()
	buffer := make([]byte, headSize)
	n, _ := io.ReadFull(r, buffer)
	m.head = buffer[:n]
	return m.head
}

// Open reads the member from its start. Reading fails with TooLarge where a limit
// of the input is passed, and with Invalid where an archive is damaged.
func (m *Member) Open() (io.ReadCloser, error) {
	switch {
	case m.packed != nil:
		return m.unpack()
	case m.at != nil:
		return io.NopCloser(io.NewSectionReader(m.at, 0, m.Size)), nil
	}
	file, err := os.Open(m.path)
	if err != nil {
		return nil, unreadable(m.Name, err)
	}
	return file, nil
}

// ReaderAt reads the member at any place; one of an archive is unpacked for it
// once. It stays open until the input is closed.
func (m *Member) ReaderAt() (io.ReaderAt, int64, error) {
	if m.at != nil {
		return m.at, m.Size, nil
	}
	name, err := m.Path()
	if err != nil {
		return nil, 0, err
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, 0, unreadable(m.Name, err)
	}
	m.in.closers = append(m.in.closers, file)
	info, err := file.Stat()
	if err != nil {
		return nil, 0, unreadable(m.Name, err)
	}
	m.at, m.Size = file, info.Size()
	return m.at, m.Size, nil
}

// Path gives a file on disk with the content, for readers that want one. What is
// not on disk is written below Options.TempDir under a name of ours, until the
// input is closed.
func (m *Member) Path() (string, error) {
	if m.path != "" {
		return m.path, nil
	}
	file, err := m.in.create()
	if err != nil {
		return "", noRoom(err)
	}
	if err := m.copyTo(file); err != nil {
		return "", err
	}
	m.path = file.Name()
	return m.path, nil
}

// copyTo writes the content to a file, and closes it.
func (m *Member) copyTo(file *os.File) error {
	r, err := m.Open()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	_, err = io.Copy(file, r)
	err = errors.Join(err, file.Close())
	_ = r.Close() // it was only read
	var known *geo.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	}
	return noRoom(err)
}

// Journals gives the members that are journals of this one; see source.Journals.
func (m *Member) Journals() []*Member {
	var found []*Member
	for _, end := range Journals {
		if j := m.in.Find(m.Name + end); j != nil {
			found = append(found, j)
		}
	}
	return found
}

// CopyWith writes the member and its journals below Options.TempDir, where a reader may
// change them, and gives the file; it stays until the input is closed. It fails with Conflict
// if another program writes to one of them meanwhile.
func (m *Member) CopyWith(journals []*Member) (string, error) {
	before := m.in.State()
	main, err := m.in.create()
	if err != nil {
		return "", noRoom(err)
	}
	path := main.Name()
	err = m.copyTo(main)
	for _, j := range journals {
		if err != nil {
			break
		}
		var file *os.File
		if file, err = os.Create(path + strings.TrimPrefix(j.Name, m.Name)); err != nil {
			return "", noRoom(err)
		}
		err = j.copyTo(file)
	}
	if err == nil {
		err = m.in.Unchanged(before)
	}
	return path, err
}

// create makes a file in the input's folder for what is unpacked.
func (in *Input) create() (*os.File, error) {
	if in.temp == "" {
		folder, err := os.MkdirTemp(in.options.TempDir, "import-")
		if err != nil {
			return nil, err
		}
		in.temp = folder
	}
	entries, err := os.ReadDir(in.temp)
	if err != nil {
		return nil, err
	}
	return os.Create(filepath.Join(in.temp, strconv.Itoa(len(entries))))
}

func noRoom(cause error) error {
	return geo.Errorf(geo.Unavailable, "the file can't be unpacked for want of temporary space").Try("more room for temporary files (TMPDIR, or --export-dir), then the same again").Because(cause)
}
