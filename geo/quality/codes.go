package quality

import (
	"regexp"
	"strings"

	"kawasan/geo"
)

// homeAffairs are the codes of the regencies and cities of East Kalimantan by the
// Ministry of Home Affairs (Kepmendagri 300.2.2-2430/2025), statistics those of
// Statistics Indonesia (BPS) where they differ.
var (
	homeAffairs = map[string]string{
		"6401": "paser", "6402": "kutaikartanegara", "6403": "berau", "6407": "kutaibarat", "6408": "kutaitimur", "6409": "penajampaserutara",
		"6411": "mahakamulu", "6471": "balikpapan", "6472": "samarinda", "6474": "bontang",
	}
	statistics = map[string]string{
		"6401": "paser", "6402": "kutaibarat", "6403": "kutaikartanegara", "6404": "kutaitimur", "6405": "berau", "6409": "penajampaserutara",
		"6411": "mahakamulu", "6471": "balikpapan", "6472": "samarinda", "6474": "bontang",
	}
)

// codeNames are properties that hold region codes.
var codeNames = []string{
	"regency_code", "district_code", "village_code", "kdepum", "kdcpum", "kdpkab", "kdppum", "kdbbps", "kdcbps", "kdebps", "kode_wilayah",
	"kode_kab", "kode_kec", "kode_desa", "kode_kel", "kode_bps", "kode_prov",
}

// dotted is a code with its dots, plainCode one without, or with the three digits that BPS gives districts and villages.
var (
	dotted    = regexp.MustCompile(`^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$`)
	plainCode = regexp.MustCompile(`^\d{2}(\d{2}(\d{2}(\d{4})?|\d{3}(\d{3})?)?)?$`)
)

// codes judges region codes: their form, their regency, and the name beside them.
func (v *Examination) codes() {
	traits := v.traits()
	for i, p := range v.feature.Collection.Properties {
		if i >= len(v.feature.Values) {
			return
		}
		s, ok := v.feature.Values[i].(string)
		if !ok || s == "" || !traits[i].code {
			continue
		}
		v.code(p, strings.TrimSpace(s))
	}
}

func (v *Examination) code(p geo.Property, s string) {
	if !dotted.MatchString(s) && !plainCode.MatchString(s) {
		v.add(Issue{Rule: regionCodeUnknown, Property: p.Name, Message: say("%s is %q, which has not the form of a region code", "%s berisi %q, yang bukan bentuk kode wilayah", p.Name, shown(s, 40))})
		return
	}
	code := digits(s)
	if code[:2] != "64" || len(code) < 4 {
		return // of another province, which is judged by where it lies
	}
	one, okOne := homeAffairs[code[:4]]
	two, okTwo := statistics[code[:4]]
	if !okOne && !okTwo {
		v.add(Issue{Rule: regionCodeUnknown, Property: p.Name, Message: say("%s is %q, but no regency of the province has the code %s", "%s berisi %q, tetapi tidak ada kabupaten/kota di provinsi ini yang berkode %s", p.Name, shown(s, 40), code[:2]+"."+code[2:4])})
		return
	}
	name := regionName(first(v.feature, v.judge.levels[0].names...))
	if name != "" && name != one && name != two && known(name) {
		v.add(Issue{Rule: regionCodeUnknown, Property: p.Name, Message: say("%s is %q, which is not the code of %s", "%s berisi %q, yang bukan kode %s", p.Name, shown(s, 40), shown(first(v.feature, v.judge.levels[0].names...), 60))})
	}
}

// known reports whether a name is that of a regency of the province.
func known(name string) bool {
	for _, n := range homeAffairs {
		if n == name {
			return true
		}
	}
	return false
}
