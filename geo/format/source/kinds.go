package source

import "kawasan/geo/format/wkb"

// CommonType names the type of a layer in which geometries of these types occur:
// theirs if it is one, the Multi type if it is one and its Multi, else Geometry;
// "" if none occurs.
func CommonType(seen map[wkb.Type]bool) string {
	var types []wkb.Type
	for t := wkb.Point; t <= wkb.GeometryCollection; t++ {
		if seen[t] {
			types = append(types, t)
		}
	}
	switch {
	case len(types) == 0:
		return ""
	case len(types) == 1:
		return types[0].String()
	case len(types) == 2 && types[1].Member() == types[0]:
		return types[1].String()
	}
	return "Geometry"
}
