package source

import (
	"archive/zip"
	"compress/gzip"
	"io"
	"path"
	"slices"
	"strings"

	"kawasan/geo"
)

// unrated is how much a member may unpack to before its ratio counts: a small file
// of blanks does no harm.
const unrated = 16 << 20

// packed is a member of an archive.
type packed struct {
	open func() (io.ReadCloser, error)
	size int64 // in the archive
	most int64 // how much of it has been unpacked so far; reading that again is free
}

// gunzip takes the one file that gzip packs, under the name that it had.
func (in *Input) gunzip() error {
	open := func() (io.ReadCloser, error) { return gzip.NewReader(io.NewSectionReader(in.file, 0, in.size)) }
	if _, err := open(); err != nil {
		return Place{File: in.Name}.Broken("it can't be unpacked").Because(err)
	}
	name := in.Name
	if stem := strings.TrimSuffix(name, path.Ext(name)); strings.EqualFold(path.Ext(name), ".gz") && stem != "" {
		name = stem
	}
	in.Members = []*Member{{Name: name, in: in, packed: &packed{open: open, size: in.size}}}
	return nil
}

// unzip lists the members of a zip. Names that lead out of it are refused.
func (in *Input) unzip() error {
	at := Place{File: in.Name}
	archive, err := zip.NewReader(in.file, in.size)
	if err != nil && archive == nil {
		return at.Broken("the zip is damaged or not complete").Because(err)
	}
	if len(archive.File) > in.options.Members {
		return at.Errorf(geo.TooLarge, "the zip holds %d files; %d are the limit", len(archive.File), in.options.Members).Try("a zip with the data alone")
	}
	seen := map[string]bool{}
	for _, f := range archive.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		switch {
		case strings.HasSuffix(name, "/"), ignored(name):
			continue
		case !safe(name):
			return at.Errorf(geo.Invalid, "the zip holds a file whose path leads out of it: %q", clip(f.Name)).Try("a zip made anew from the files themselves")
		case seen[strings.ToLower(name)]:
			return at.Errorf(geo.Invalid, "the zip holds the file %q twice", clip(name)).Try("a zip made anew from the files themselves")
		case f.Flags&1 != 0:
			return at.Errorf(geo.Unsupported, "the zip is protected by a password").Try("the same zip without a password")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return at.Errorf(geo.Unsupported, "the file %q is packed by a method that is not read here", clip(name)).Try("a zip with the usual method (deflate)")
		}
		seen[strings.ToLower(name)] = true
		in.Members = append(in.Members, &Member{Name: name, Size: int64(min(f.UncompressedSize64, 1<<62)), in: in, packed: &packed{open: f.Open, size: int64(min(f.CompressedSize64, uint64(in.size)))}})
	}
	if len(in.Members) == 0 {
		return at.Broken("the zip is empty")
	}
	in.sort()
	return nil
}

// safe reports whether a path stays where it begins.
func safe(name string) bool {
	return name != "" && !strings.HasPrefix(name, "/") && !strings.Contains(name, ":") && !strings.Contains(name, "\x00") &&
		!slices.Contains(strings.Split(name, "/"), "..")
}

// ignored recognises what file managers leave in archives.
func ignored(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || path.Base(name) == ".DS_Store" || strings.EqualFold(path.Base(name), "thumbs.db")
}

// unpack opens a member of an archive with its limits around it.
func (m *Member) unpack() (io.ReadCloser, error) {
	r, err := m.packed.open()
	if err != nil {
		return nil, Place{File: m.Name}.Broken("it can't be unpacked").Because(err)
	}
	return &unpacking{ReadCloser: r, member: m}, nil
}

// unpacking counts what comes out of an archive.
type unpacking struct {
	io.ReadCloser
	member *Member
	read   int64
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.read += int64(n)
	in, at := u.member.in, Place{File: u.member.Name}
	if more := u.read - u.member.packed.most; more > 0 {
		in.budget -= more
		u.member.packed.most = u.read
	}
	switch {
	case in.budget < 0:
		return n, at.Errorf(geo.TooLarge, "unpacked it is larger than the %d MB that are the limit", in.options.Bytes>>20).Try("the same data in several files")
	case u.read > unrated && u.read/in.options.Ratio > u.member.packed.size:
		return n, at.Errorf(geo.TooLarge, "it unpacks to more than %d times its size, as no real data do", in.options.Ratio).Try("the files themselves")
	case err != nil && err != io.EOF:
		return n, at.Broken("the archive is damaged").Because(err)
	}
	return n, err
}
