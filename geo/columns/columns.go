// Package columns knows the usual column names of Indonesian geodata (those of the
// Geospatial Information Agency, the Ministry of Home Affairs, Statistics Indonesia
// and ArcGIS) and what they become here. It offers; it decides nothing. In which
// unit a column of areas is only the boundaries tell: see the rule area-differs.
package columns

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// Mapping says what a column of a file usually holds.
type Mapping struct {
	Column   string   // as in the file
	Property string   // of ours; "" if the column is best left out
	Meaning  geo.Text // what it holds
}

type entry struct {
	property string
	meaning  geo.Text
}

// known are the columns in lower case.
var known = map[string]entry{
	"namobj":     {"name", geo.Text{EN: "name of the object (BIG)", ID: "nama objek (BIG)"}},
	"nama":       {"name", geo.Text{EN: "name", ID: "nama"}},
	"nmobj":      {"name", geo.Text{EN: "name of the object", ID: "nama objek"}},
	"namakek":    {"name", geo.Text{EN: "name of the special economic zone", ID: "nama kawasan ekonomi khusus"}},
	"namaki":     {"name", geo.Text{EN: "name of the industrial estate", ID: "nama kawasan industri"}},
	"alias":      {"aliases", geo.Text{EN: "other name", ID: "nama lain"}},
	"remark":     {"note", geo.Text{EN: "remark (BIG)", ID: "keterangan (BIG)"}},
	"keterangan": {"note", geo.Text{EN: "remark", ID: "keterangan"}},
	"fcode":      {"feature_code", geo.Text{EN: "code of the kind of object (BIG catalogue)", ID: "kode unsur rupabumi (BIG)"}},
	"metadata":   {"metadata_id", geo.Text{EN: "identifier of the metadata (BIG)", ID: "pengenal metadata (BIG)"}},
	"srs_id":     {"", geo.Text{EN: "name of the reference system; the file says it itself", ID: "nama sistem referensi; sudah dinyatakan berkas"}},
	"wadmkd":     {"village", geo.Text{EN: "village (desa or kelurahan)", ID: "desa atau kelurahan"}},
	"wadmkc":     {"district", geo.Text{EN: "district (kecamatan)", ID: "kecamatan"}},
	"wadmkk":     {"regency", geo.Text{EN: "regency or city", ID: "kabupaten atau kota"}},
	"wadmpr":     {"province", geo.Text{EN: "province", ID: "provinsi"}},
	"kecamatan":  {"district", geo.Text{EN: "district", ID: "kecamatan"}},
	"kabupaten":  {"regency", geo.Text{EN: "regency", ID: "kabupaten"}},
	"kab_kota":   {"regency", geo.Text{EN: "regency or city", ID: "kabupaten atau kota"}},
	"provinsi":   {"province", geo.Text{EN: "province", ID: "provinsi"}},
	"kdepum":     {"village_code", geo.Text{EN: "code of the village (Home Affairs)", ID: "kode desa (Kemendagri)"}},
	"kdcpum":     {"district_code", geo.Text{EN: "code of the district (Home Affairs)", ID: "kode kecamatan (Kemendagri)"}},
	"kdpkab":     {"regency_code", geo.Text{EN: "code of the regency (Home Affairs)", ID: "kode kabupaten (Kemendagri)"}},
	"kdppum":     {"province_code", geo.Text{EN: "code of the province (Home Affairs)", ID: "kode provinsi (Kemendagri)"}},
	"kode":       {"code", geo.Text{EN: "code", ID: "kode"}},
	"luas":       {"stated_area_ha", geo.Text{EN: "stated area", ID: "luas tertulis"}},
	"luasha":     {"stated_area_ha", geo.Text{EN: "stated area in hectares", ID: "luas tertulis dalam hektare"}},
	"luas_ha":    {"stated_area_ha", geo.Text{EN: "stated area in hectares", ID: "luas tertulis dalam hektare"}},
	"luaswh":     {"stated_area_ha", geo.Text{EN: "stated area (BIG)", ID: "luas wilayah (BIG)"}},
	"luas_m2":    {"stated_area_ha", geo.Text{EN: "stated area in square metres", ID: "luas tertulis dalam meter persegi"}},
	"luas_km2":   {"stated_area_ha", geo.Text{EN: "stated area in square kilometres", ID: "luas tertulis dalam kilometer persegi"}},
	"hectares":   {"stated_area_ha", geo.Text{EN: "stated area in hectares", ID: "luas tertulis dalam hektare"}},
	"shape_area": {"", geo.Text{EN: "area that ArcGIS computed in the units of the file", ID: "luas hitungan ArcGIS dalam satuan berkas"}},
	"shape_leng": {"", geo.Text{EN: "length that ArcGIS computed in the units of the file", ID: "panjang hitungan ArcGIS dalam satuan berkas"}},
	"objectid":   {"", geo.Text{EN: "row number of ArcGIS, which changes with each export", ID: "nomor baris ArcGIS, yang berubah tiap ekspor"}},
	"sumber":     {"source", geo.Text{EN: "source", ID: "sumber"}},
	"sumberdata": {"source", geo.Text{EN: "source", ID: "sumber data"}},
	"sbrdata":    {"source", geo.Text{EN: "source", ID: "sumber data"}},
	"tgl":        {"source_date", geo.Text{EN: "date", ID: "tanggal"}},
	"tanggal":    {"source_date", geo.Text{EN: "date", ID: "tanggal"}},
	"tgl_data":   {"source_date", geo.Text{EN: "date of the data", ID: "tanggal data"}},
	"tahun":      {"source_date", geo.Text{EN: "year", ID: "tahun"}},
	"dasarhukum": {"instrument", geo.Text{EN: "legal basis", ID: "dasar hukum"}},
	"noskpen":    {"instrument", geo.Text{EN: "number of the decree", ID: "nomor surat keputusan"}},
	"sk":         {"instrument", geo.Text{EN: "decree", ID: "surat keputusan"}},
	"lisensi":    {"licence", geo.Text{EN: "licence", ID: "lisensi"}},
	"license":    {"licence", geo.Text{EN: "licence", ID: "lisensi"}},
	"perusahaan": {"company", geo.Text{EN: "company", ID: "perusahaan"}},
	"pemegang":   {"company", geo.Text{EN: "holder of the permit", ID: "pemegang izin"}},
	"status":     {"status", geo.Text{EN: "status", ID: "status"}},
}

// Offer lists what the columns of a file usually hold, in their order: only those
// that are known and not called so already. Of two columns that would become the same
// property the first is offered.
func Offer(names []string) []Mapping {
	var list []Mapping
	taken := map[string]bool{}
	for _, name := range names {
		taken[strings.ToLower(name)] = true
	}
	for _, name := range names {
		e, ok := known[strings.ToLower(strings.TrimSpace(name))]
		if !ok || strings.EqualFold(name, e.property) || e.property != "" && taken[e.property] {
			continue
		}
		if e.property != "" {
			taken[e.property] = true
		}
		list = append(list, Mapping{Column: name, Property: e.property, Meaning: e.meaning})
	}
	return list
}

// Flags writes mappings the way the command line takes them: --map NAMOBJ=name --map OBJECTID=
func Flags(list []Mapping) string {
	var parts []string
	for _, m := range list {
		column := m.Column
		if strings.ContainsAny(column, " '\"$") {
			column = "'" + strings.ReplaceAll(column, "'", `'\''`) + "'"
		}
		parts = append(parts, "--map "+column+"="+m.Property)
	}
	return strings.Join(parts, " ")
}

// Known lists the columns that are known, in lower case and in order.
func Known() []string {
	var list []string
	for name := range known {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
