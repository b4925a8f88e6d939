package export

import (
	"strconv"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// Fact is one line of what a file says about its origin.
type Fact struct {
	Name  string // licence, query ...; lower case, for programs
	Title geo.Text
	Value string // never empty
}

// Provenance says where a layer comes from: what is known of it, in a fixed order.
func (l Layer) Provenance(o Options) []Fact {
	c := l.Collection
	all := []Fact{
		{"collection", geo.Text{EN: "Collection", ID: "Koleksi"}, c.ID},
		{"title", geo.Text{EN: "Title", ID: "Judul"}, c.Title.In(o.Lang)},
		{"description", geo.Text{EN: "Description", ID: "Keterangan"}, c.Description.In(o.Lang)},
		{"query", geo.Text{EN: "Query", ID: "Permintaan"}, l.Query},
		{"version", geo.Text{EN: "Version of the data", ID: "Versi data"}, version(c.Version)},
		{"modified", geo.Text{EN: "Newest change committed", ID: "Perubahan terakhir"}, modified(l)},
		{"crs", geo.Text{EN: "Coordinate reference system", ID: "Sistem referensi koordinat"}, l.System().URI},
		{"licence", geo.Text{EN: "Licence", ID: "Lisensi"}, wording.Licence(c).In(o.Lang)},
		{"attribution", geo.Text{EN: "Attribution", ID: "Atribusi"}, wording.Attribution(c).In(o.Lang)},
		{"source_hash", geo.Text{EN: "Hash of the source", ID: "Hash sumber"}, l.SourceHash},
		{"generator", geo.Text{EN: "Written by", ID: "Ditulis oleh"}, o.Generator},
	}
	known := all[:0]
	for _, f := range all {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}

func version(v geo.Version) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(v), 10)
}

func modified(l Layer) string {
	if l.Modified().IsZero() {
		return ""
	}
	return geo.FormatTimestamp(l.Modified())
}
