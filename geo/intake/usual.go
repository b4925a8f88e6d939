package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kawasan/geo"
)

// usual gives the property that a column stands for in the files of Indonesian
// agencies (the national map's catalogue of objects, land and forestry offices), by
// its name in upper case without signs.
var usual = map[string]string{
	"NAMOBJ": "name", "NAMA": "name", "NAMAOBJEK": "name", "NAMAKAWASAN": "name", "NAMAPERUSAHAAN": "name", "NMOBJ": "name",
	"WADMKD": "village", "NAMADESA": "village", "DESA": "village", "KELURAHAN": "village",
	"WADMKC": "district", "NAMAKEC": "district", "KECAMATAN": "district",
	"WADMKK": "regency", "NAMAKAB": "regency", "KABUPATEN": "regency", "KABKOTA": "regency",
	"WADMPR": "province", "PROVINSI": "province",
	"LUASHA": "stated_area_ha", "LUASWH": "stated_area_ha", "LUASHEKTAR": "stated_area_ha",
	"KODE": "code", "KDEPUM": "code", "KDCPUM": "code", "KDPPUM": "code", "KDPKAB": "code", "KODEDESA": "code", "KODEKEC": "code", "KODEKAB": "code",
	"SUMBER": "source", "SUMBERDATA": "source", "DASARHUKUM": "instrument", "DASARHKM": "instrument", "NOSK": "instrument",
	"REMARK": "remarks", "KETERANGAN": "remarks", "KET": "remarks", "STATUS": "status",
}

// titles are those of the properties that usual columns become in a new collection.
func usualTitle(property string) geo.Text {
	switch property {
	case "name":
		return geo.Text{EN: "Name", ID: "Nama"}
	case "village":
		return geo.Text{EN: "Village", ID: "Desa atau kelurahan"}
	case "district":
		return geo.Text{EN: "District", ID: "Kecamatan"}
	case "regency":
		return geo.Text{EN: "Regency or city", ID: "Kabupaten atau kota"}
	case "province":
		return geo.Text{EN: "Province", ID: "Provinsi"}
	case "stated_area_ha":
		return geo.Text{EN: "Stated area", ID: "Luas yang dinyatakan"}
	case "code":
		return geo.Text{EN: "Code", ID: "Kode"}
	case "source":
		return geo.Text{EN: "Source", ID: "Sumber"}
	case "instrument":
		return geo.Text{EN: "Legal instrument", ID: "Dasar hukum"}
	case "remarks":
		return geo.Text{EN: "Remarks", ID: "Keterangan"}
	}
	return geo.Text{}
}

// usualMap is the mapping with the usual columns of the layer added, if that is
// wanted; if not, a note offers it.
func (p *plan) usualMap(o Options) map[string]string {
	taken := map[string]bool{}
	for _, to := range o.Map {
		taken[to] = true
	}
	for _, c := range p.layer.Properties {
		taken[c.Name] = true // the file has a column of that very name
	}
	all := maps.Clone(o.Map)
	if all == nil {
		all = map[string]string{}
	}
	var offers []string
	for _, c := range p.layer.Properties {
		to := usual[strings.Map(letters, strings.ToUpper(c.Name))]
		if _, mapped := o.Map[c.Name]; mapped || to == "" || taken[to] {
			continue
		}
		taken[to] = true
		all[c.Name] = to
		offers = append(offers, fmt.Sprintf("%s=%s", c.Name, to))
	}
	if o.Usual || len(offers) == 0 {
		return all
	}
	slices.Sort(offers)
	p.note("columns with the usual names of Indonesian agencies; --usual gives them the names in use here: %s", "ada kolom dengan nama yang lazim pada instansi Indonesia; --usual memberinya nama yang dipakai di sini: %s", strings.Join(offers, ", "))
	return o.Map
}

func letters(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r
	}
	return -1
}
