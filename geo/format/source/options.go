package source

import (
	"kawasan/geo"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// Options hold for a whole input. The zero value is usable.
type Options struct {
	Limits
	// TempDir is where members of archives are unpacked that can't be read in one
	// go; "" is the system's.
	TempDir string
	// Format is the name of the format to read the input as, where content could be taken for
	// several: corners or csv. "" lets the content decide.
	Format string
	// Encoding names the code page of text that doesn't say its own (dBASE, CSV),
	// as the web names them: windows-1252. "" lets the file decide, then UTF-8.
	Encoding string
}

// Limits bound what an input may ask for. Zero means the default.
type Limits struct {
	// Bytes is how much is read in all once it is unpacked. Default: 32 GiB.
	Bytes int64
	// Ratio is how many times larger than packed a member of an archive may become,
	// once it is past 16 MiB. Default: 250.
	Ratio int64
	// Members is how many files an archive or a folder may hold. Default: 10,000.
	Members int
	// FeatureBytes is how long one feature may be in the file. Default: 256 MiB.
	FeatureBytes int
	// Features is how many a layer may have. Default: 50 million.
	Features int64
	// Properties is how many attributes a layer may have. Default: 1,500.
	Properties int
	// Depth is how deep values and geometries may nest. Default: 32.
	Depth int
}

// WithDefaults gives the limits with a value for each.
func (l Limits) WithDefaults() Limits {
	set := func(v *int64, otherwise int64) {
		if *v <= 0 {
			*v = otherwise
		}
	}
	number := func(v *int, otherwise int) {
		if *v <= 0 {
			*v = otherwise
		}
	}
	set(&l.Bytes, 32<<30)
	set(&l.Ratio, 250)
	set(&l.Features, 50_000_000)
	number(&l.Members, 10_000)
	number(&l.FeatureBytes, 256<<20)
	number(&l.Properties, 1500)
	number(&l.Depth, 32)
	return l
}

// CodePage finds the encoding of that name; nil for UTF-8 and for "". Invalid if
// there is none.
func CodePage(name string) (encoding.Encoding, error) {
	if name == "" {
		return nil, nil
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, geo.Invalidf("encoding", "there is no encoding %q", name).Because(err).Try("a name such as utf-8, windows-1252 or iso-8859-1")
	}
	if n, _ := htmlindex.Name(e); n == "utf-8" {
		return nil, nil
	}
	return e, nil
}
