package format

import (
	"io"

	"kawasan/geo"
	"kawasan/geo/format/export"
	"kawasan/geo/format/internal/archive"
)

// Bundle gives a format that holds several layers: f itself, or a zip with a file of
// f for each layer where f holds one.
func Bundle(f Format) Format {
	if f.MultiLayer {
		return f
	}
	one := f
	f.MultiLayer, f.Binary = true, true
	f.MediaType, f.Extension = "application/zip", f.Extension+".zip"
	f.New = func(out io.Writer, o Options) (Writer, error) {
		return &bundle{out: out, options: o, one: one, all: f, names: export.NewNames("layer")}, nil
	}
	return f
}

type bundle struct {
	export.State
	out      io.Writer
	options  Options
	one, all Format
	names    *export.Names
	zip      *archive.Writer
	file     Writer // of the layer opened last
}

// Open ends the file of the layer before and begins another.
func (b *bundle) Open(l Layer) error {
	if err := b.State.Open(l, b.all); err != nil {
		return err
	}
	if err := b.endFile(); err != nil {
		return b.Fail(err)
	}
	if b.zip == nil {
		b.zip = archive.NewWriter(b.out, l.Modified())
	}
	entry, err := b.zip.Create(b.names.Take(l.Collection.ID) + b.one.Extension)
	if err != nil {
		return b.Fail(err)
	}
	if b.file, err = b.one.New(entry, b.options); err != nil {
		return b.Fail(err)
	}
	return b.Fail(b.file.Open(l))
}

// Write adds to the file of the layer.
func (b *bundle) Write(f *geo.Feature) error {
	if err := b.State.Write(); err != nil {
		return err
	}
	return b.Fail(b.file.Write(f))
}

func (b *bundle) endFile() error {
	if b.file == nil {
		return nil
	}
	err := b.file.Close()
	b.file = nil
	return err
}

// Close ends the last file and the zip.
func (b *bundle) Close() error {
	if done, err := b.State.Close(); done {
		return err
	}
	if err := b.endFile(); err != nil {
		return b.Fail(err)
	}
	return b.Fail(b.zip.Close())
}

// Discard gives up the file that is being written.
func (b *bundle) Discard() {
	b.State.Discard()
	if b.file != nil {
		b.file.Discard()
		b.file = nil
	}
}
