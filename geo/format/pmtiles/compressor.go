package pmtiles

import (
	"bytes"
	"fmt"

	"github.com/klauspost/compress/gzip"
)

// compressor makes gzip, with the same bytes for the same input whatever came before. Its
// tables take a megabyte and are there once, not once a tile. The zero value is ready.
type compressor struct {
	w   *gzip.Writer
	out bytes.Buffer
}

// zip appends what it makes of b.
func (c *compressor) zip(into, b []byte) ([]byte, error) {
	c.out.Reset()
	var err error
	if c.w == nil {
		c.w, err = gzip.NewWriterLevel(&c.out, gzip.DefaultCompression)
	} else {
		c.w.Reset(&c.out)
	}
	if err == nil {
		_, err = c.w.Write(b)
	}
	if err == nil {
		err = c.w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("compress for PMTiles: %w", err)
	}
	return append(into, c.out.Bytes()...), nil
}
