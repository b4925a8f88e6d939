package format

import (
	"context"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/corners"
	"kawasan/geo/format/csv"
	"kawasan/geo/format/fgb"
	"kawasan/geo/format/filegdb"
	"kawasan/geo/format/gpkg"
	"kawasan/geo/format/jsonfile"
	"kawasan/geo/format/kml"
	"kawasan/geo/format/parquet"
	"kawasan/geo/format/shp"
	"kawasan/geo/format/source"
)

// Sources gives the formats that can be read, those that content tells most surely
// first. The slice is the caller's.
func Sources() []source.Format {
	return []source.Format{
		gpkg.Source(),
		fgb.Source(),
		parquet.Source(),
		shp.Source(),
		kml.Source(),
		jsonfile.Source(),
		corners.Source(),
		csv.Source(),
		filegdb.Source(),
	}
}

// OpenSource finds by content what the input is, or takes it as what the options say, and
// opens it. Invalid, with the formats that are read, when it is none of them; Unsupported for
// what is known but not read here, with what to do instead. The caller closes the source,
// then the input.
func OpenSource(ctx context.Context, in *source.Input, o source.Options) (source.Source, source.Format, error) {
	o.Limits = o.WithDefaults()
	if _, err := source.CodePage(o.Encoding); err != nil {
		return nil, source.Format{}, err
	}
	var names []string
	for _, f := range Sources() {
		names = append(names, f.Name)
		if o.Format != "" && o.Format != f.Name {
			continue
		}
		var found []*source.Member
		for _, m := range in.Members {
			if f.Recognises(m) || o.Format != "" && len(in.Members) == 1 {
				found = append(found, m)
			}
		}
		if len(found) > 0 {
			s, err := f.Open(ctx, in, found, o)
			return s, f, err
		}
	}
	if o.Format != "" && !slices.Contains(names, o.Format) {
		return nil, source.Format{}, geo.Invalidf("format", "there is no format %q that is read", o.Format).Try("one of %s", strings.Join(names, ", "))
	}
	return nil, source.Format{}, unknown(in)
}

// packed recognises a zip, gzip and tar.
func packed(head []byte) bool {
	const mark = 257
	return strings.HasPrefix(string(head), "PK\x03\x04") || strings.HasPrefix(string(head), "\x1f\x8b") ||
		len(head) > mark && strings.HasPrefix(string(head[mark:]), "ustar")
}

// unknown says that nothing was recognised, and what would be.
func unknown(in *source.Input) error {
	at := source.Place{File: in.Name}
	for _, m := range in.Members {
		if in.Zipped && packed(m.Head()) {
			return at.Errorf(geo.Unsupported, "the archive holds another, which is not unpacked").Try("the inner one by itself")
		}
	}
	var titles []geo.Phrase
	for _, f := range Sources() {
		titles = append(titles, geo.Phrasef("%s", f.Title))
	}
	return at.Errorf(geo.Invalid, "what the file is can't be told from its content").Try("one of %s; ogr2ogr -f GPKG layers.gpkg %q makes a GeoPackage of most others (GML, GPX, MapInfo, DXF, Excel)", geo.Phrases(", ", titles...), in.Name)
}
