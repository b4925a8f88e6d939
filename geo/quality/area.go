package quality

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// areaTolerance is how far, as a share, a stated area may be off without a word:
// what rounding, map projections and older coastlines make of the same boundary.
const areaTolerance = 0.02

// areaNames are properties that state the area of the boundary, with how many square
// metres one of their unit has. Others, such as a planted area, state something else.
var areaNames = map[string]float64{
	"stated_area_ha": 1e4, "computed_area_ha": 1e4, "luas_ha": 1e4, "luasha": 1e4, "luaswh": 1e4, "luas": 1e4, "area_ha": 1e4, "hectares": 1e4,
	"luas_m2": 1, "area_m2": 1, "shape_area": 1, "luas_km2": 1e6, "area_km2": 1e6,
}

// areas holds stated areas against the computed one.
func (v *Examination) areas() {
	if isEnvelope(v.feature) {
		return
	}
	var computed, perimeter float64
	traits := v.traits()
	for i, p := range v.feature.Collection.Properties {
		unit := traits[i].unit
		if unit == 0 || i >= len(v.feature.Values) {
			continue
		}
		stated, ok := numberOf(v.feature.Values[i])
		if !ok || stated <= 0 || !finite(stated) {
			continue
		}
		if computed == 0 {
			shape, err := geodesy.PrepareWKB(v.feature.WKB)
			if err != nil {
				return
			}
			computed, perimeter = geodesy.Area(shape), geodesy.Perimeter(shape)
		}
		v.area(p, stated, unit, computed, perimeter)
	}
}

// numberOf gives a number, also one that a file has as text.
func numberOf(value any) (float64, bool) {
	if text, ok := value.(string); ok {
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		return n, err == nil
	}
	return geo.NumberOf(value)
}

// isEnvelope reports whether the boundary is meant to be larger than the thing.
func isEnvelope(f *geo.Feature) bool {
	kind := f.Text("boundary_kind")
	return slices.Contains([]string{string(geodesy.OuterEnvelope), string(geodesy.LegalBBox)}, kind)
}

// area compares one statement, in units of so many square metres.
func (v *Examination) area(p geo.Property, stated, unit, computed, perimeter float64) {
	allowed := areaTolerance * computed
	if u := uncertaintyOf(v.feature); !math.IsNaN(u) && p.Name != "computed_area_ha" {
		allowed = math.Max(allowed, u*perimeter) // a band as wide as the uncertainty along the whole boundary
	}
	difference := stated*unit - computed
	if math.Abs(difference) <= allowed || computed <= 0 {
		return
	}
	rounded := math.Round(computed)
	i := Issue{Rule: areaDiffers, Property: p.Name, Place: v.anywhere(), AreaM2: &rounded}
	i.Message = say("%s says %s ha, the boundary has %s ha (%s %%)", "%s menyatakan %s ha, batasnya %s ha (%s %%)", p.Name, figure(stated*unit/1e4), figure(computed/1e4), signed(100*difference/computed))
	if name := UnitOf(stated, computed); name != "" && unitNames[name] != unit {
		i.Message = say("%s is %s, the boundary has %s ha: the statement is probably in %s", "%s bernilai %s, batasnya %s ha: pernyataan itu mungkin dalam %s", p.Name, figure(stated), figure(computed/1e4), name)
	}
	v.add(i)
}

// unitNames are units of area in square metres.
var unitNames = map[string]float64{"m2": 1, "ha": 1e4, "km2": 1e6}

// UnitOf tells in which unit (m2, ha or km2) a stated figure is the computed area in
// square metres, to 10 percent; "" if it is in none.
func UnitOf(stated, computed float64) string {
	for _, name := range []string{"ha", "m2", "km2"} {
		if math.Abs(stated*unitNames[name]-computed) <= 0.1*computed {
			return name
		}
	}
	return ""
}

// signed writes a difference with its sign and one decimal.
func signed(x float64) geo.Text {
	s := fmt.Sprintf("%+.1f", x)
	return geo.Text{EN: s, ID: strings.Replace(s, ".", ",", 1)}
}
