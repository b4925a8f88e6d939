package shp

import (
	"fmt"
	"strings"
)

// nameLength is the longest name of a field in a dBASE table, in bytes.
const nameLength = 10

// shortNames are the fixed names of properties that are too long. These never change:
// people's projects refer to them.
var shortNames = map[string]string{
	"position_uncertainty_m":     "pos_unc_m",
	"boundary_kind":              "bnd_kind",
	"source_date":                "src_date",
	"description":                "descr",
	"status_note":                "stat_note",
	"regency_code":               "reg_code",
	"possible_duplicate_of":      "dupl_of",
	"position_rounded":           "pos_round",
	"company_group":              "comp_group",
	"year_stated":                "year_stat",
	"stated_area_ha":             "stat_ha",
	"computed_area_ha":           "comp_ha",
	"planted_area_ha":            "planted_ha",
	"envelope_area_ha":           "envel_ha",
	"port_area_ha":               "port_ha",
	"area_claims":                "area_clms",
	"official_name":              "off_name",
	"managing_body":              "mgmt_body",
	"legal_basis":                "legal_bas",
	"attribute_source":           "attr_src",
	"attribution":                "attrib",
	"superseded_by":              "supers_by",
	"focus_sectors":              "focus_sec",
	"anchor_tenants":             "anch_ten",
	"ellipsoidal_height_m":       "ell_hgt_m",
	"capacity_mw":                "cap_mw",
	"capacity_mva":               "cap_mva",
	"capacity_t_per_year":        "cap_t_yr",
	"capacity_teu_per_year":      "cap_teu_yr",
	"capacity_note":              "cap_note",
	"max_ship_dwt":               "ship_dwt",
	"max_ship_gt":                "ship_gt",
	"berth_length_m":             "berth_l_m",
	"berth_width_m":              "berth_w_m",
	"planned_berth_length_m":     "pl_berth_m",
	"access_road_length_m":       "acc_road_m",
	"main_bridge_length_m":       "bridge_m",
	"approach_bridge_length_m":   "appr_br_m",
	"runway_verified_length_m":   "rwy_ver_m",
	"runway_planned_length_m":    "rwy_pl_l_m",
	"runway_planned_width_m":     "rwy_pl_w_m",
	"air_service":                "air_serv",
	"air_service_note":           "air_note",
	"ffb_yield_year":             "ffb_year",
	"ffb_yield_kg_per_mature_ha": "ffb_kg_ha",
	"computed_at":                "comp_at",
	"distance_m":                 "dist_m",
	"distance_min_m":             "dist_min_m",
	"distance_max_m":             "dist_max_m",
}

// FieldName gives the name that a property has in a shapefile, where no other
// property stands in its way.
func FieldName(property string) string { return fieldNames{}.take(property) }

// fieldNames hands out the names of one table.
type fieldNames map[string]bool

// take gives a name of at most ten of the characters that readers of dBASE agree
// on, none twice without regard to case.
func (n fieldNames) take(property string) string {
	name := shortNames[property]
	if name == "" {
		name = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' {
				return r
			}
			return '_'
		}, property)
	}
	if name == "" || strings.Trim(name, "_") == "" {
		name = "field"
	}
	if name[0] == '_' || name[0] >= '0' && name[0] <= '9' {
		name = "f" + name
	}
	unique := clip(name, nameLength)
	for i := 2; n[strings.ToLower(unique)]; i++ {
		number := fmt.Sprint(i)
		unique = clip(name, nameLength-len(number)-1) + "_" + number
	}
	n[strings.ToLower(unique)] = true
	return unique
}

// clip cuts ASCII text.
func clip(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
