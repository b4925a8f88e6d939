package parquet

import (
	"bufio"
	"io"

	"kawasan/geo"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// checkPages walks over the headers of all pages and refuses those that state more
// than may be: the library makes room for what they state before it unpacks.
func (r *reader) checkPages(file io.ReaderAt, size int64) error {
	protocol := new(thrift.CompactProtocol)
	for _, group := range r.file.Metadata().RowGroups {
		for _, chunk := range group.Columns {
			m := chunk.MetaData
			if m.TotalCompressedSize < 0 || m.TotalCompressedSize > size || m.TotalUncompressedSize < 0 {
				return r.at.Broken("a column announces more bytes than the file has")
			}
			start := m.DataPageOffset
			if m.DictionaryPageOffset > 0 && m.DictionaryPageOffset < start {
				start = m.DictionaryPageOffset
			}
			if start < 4 || start > size {
				return r.at.Broken("a column lies outside of the file")
			}
			end := min(start+m.TotalCompressedSize, size)
			for values := int64(0); start < end && values < m.NumValues; {
				section := &counting{in: io.NewSectionReader(file, start, end-start)}
				buffered := bufio.NewReaderSize(section, 512)
				var h format.PageHeader
				if err := thrift.NewDecoder(protocol.NewReader(buffered)).Decode(&h); err != nil {
					return r.fault(err)
				}
				if err := r.checkPage(h); err != nil {
					return err
				}
				values += pageValues(h)
				start += section.n - int64(buffered.Buffered()) + int64(h.CompressedPageSize)
			}
		}
	}
	return nil
}

func (r *reader) checkPage(h format.PageHeader) error {
	packed, unpacked := int64(h.CompressedPageSize), int64(h.UncompressedPageSize)
	switch {
	case packed < 0 || unpacked < 0:
		return r.at.Broken("a page has a size below 0")
	case unpacked > int64(r.limits.FeatureBytes):
		return r.at.Errorf(geo.TooLarge, "a page has %d MB once it is unpacked; %d MB are the limit", unpacked>>20, r.limits.FeatureBytes>>20).Try("smaller pages, as writers make them by default (1 MB)")
	case unpacked > 16<<20 && unpacked/r.limits.Ratio > packed:
		return r.at.Errorf(geo.TooLarge, "a page unpacks to more than %d times its size, as no real data do", r.limits.Ratio).Try("the file written anew by another program")
	}
	return nil
}

func pageValues(h format.PageHeader) int64 {
	switch h.Type {
	case format.DataPage:
		return int64(h.DataPageHeader.V.NumValues)
	case format.DataPageV2:
		return int64(h.DataPageHeaderV2.V.NumValues)
	}
	return 0
}

// counting counts what is read.
type counting struct {
	in io.Reader
	n  int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}
