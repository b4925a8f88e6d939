package cartography

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the land
	"encoding/json"
	"fmt"
	"sync"

	"github.com/paulmach/orb"
)

// Land of Natural Earth at 1 : 10 million (public domain; version 5.1 as packed in
// world-atlas 2.0.2), cut to landWithin, as the coordinates of a GeoJSON
// MultiPolygon with three decimals. It is the ground of maps that show more than the
// province.
//
//go:embed land.json.gz
var landData []byte

// landWithin is where land is known.
var landWithin = orb.Bound{Min: orb.Point{105, -6}, Max: orb.Point{125, 9}}

var naturalEarth = sync.OnceValues(func() (orb.MultiPolygon, error) {
	r, err := gzip.NewReader(bytes.NewReader(landData))
	if err != nil {
		return nil, fmt.Errorf("read the land: %w", err)
	}
	var m orb.MultiPolygon
	if err := json.NewDecoder(r).Decode(&m); err != nil {
		return nil, fmt.Errorf("read the land: %w", err)
	}
	return m, nil
})
