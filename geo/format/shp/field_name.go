package shp

import (
	"fmt"
	"strings"
)

// nameLength is the longest name of a field in a dBASE table, in bytes.
const nameLength = 10

// shortName gives the fixed short name of a property; "" if there is none. These
// never change: people's projects refer to them.
func shortName(property string) string {
	switch property {
	case "position_uncertainty_m":
		return "pos_unc_m"
	case "boundary_kind":
		return "bnd_kind"
	case "source_date":
		return "src_date"
	case "description":
		return "descr"
	case "status_note":
		return "stat_note"
	case "regency_code":
		return "reg_code"
	case "possible_duplicate_of":
		return "dupl_of"
	case "position_rounded":
		return "pos_round"
	case "company_group":
		return "comp_group"
	case "year_stated":
		return "year_stat"
	case "stated_area_ha":
		return "stat_ha"
	case "computed_area_ha":
		return "comp_ha"
	case "planted_area_ha":
		return "planted_ha"
	case "envelope_area_ha":
		return "envel_ha"
	case "port_area_ha":
		return "port_ha"
	case "area_claims":
		return "area_clms"
	case "official_name":
		return "off_name"
	case "managing_body":
		return "mgmt_body"
	case "legal_basis":
		return "legal_bas"
	case "attribute_source":
		return "attr_src"
	case "attribution":
		return "attrib"
	case "superseded_by":
		return "supers_by"
	case "focus_sectors":
		return "focus_sec"
	case "anchor_tenants":
		return "anch_ten"
	case "ellipsoidal_height_m":
		return "ell_hgt_m"
	case "capacity_mw":
		return "cap_mw"
	case "capacity_mva":
		return "cap_mva"
	case "capacity_t_per_year":
		return "cap_t_yr"
	case "capacity_teu_per_year":
		return "cap_teu_yr"
	case "capacity_note":
		return "cap_note"
	case "max_ship_dwt":
		return "ship_dwt"
	case "max_ship_gt":
		return "ship_gt"
	case "berth_length_m":
		return "berth_l_m"
	case "berth_width_m":
		return "berth_w_m"
	case "planned_berth_length_m":
		return "pl_berth_m"
	case "access_road_length_m":
		return "acc_road_m"
	case "main_bridge_length_m":
		return "bridge_m"
	case "approach_bridge_length_m":
		return "appr_br_m"
	case "runway_verified_length_m":
		return "rwy_ver_m"
	case "runway_planned_length_m":
		return "rwy_pl_l_m"
	case "runway_planned_width_m":
		return "rwy_pl_w_m"
	case "air_service":
		return "air_serv"
	case "air_service_note":
		return "air_note"
	case "ffb_yield_year":
		return "ffb_year"
	case "ffb_yield_kg_per_mature_ha":
		return "ffb_kg_ha"
	case "computed_at":
		return "comp_at"
	case "distance_m":
		return "dist_m"
	case "distance_min_m":
		return "dist_min_m"
	case "distance_max_m":
		return "dist_max_m"
	}
	return ""
}

// FieldName gives the name that a property has in a shapefile, where no other
// property stands in its way.
func FieldName(property string) string { return fieldNames{}.take(property) }

// fieldNames hands out the names of one table.
type fieldNames map[string]bool

// take gives a name of at most ten of the characters that readers of dBASE agree
// on, none twice without regard to case.
func (n fieldNames) take(property string) string {
	name := shortName(property)
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
