package tile_test

import (
	"github.com/paulmach/orb/encoding/mvt"
)

func decodeAll(data []byte) []*geojsonFeature {
	layers, err := mvt.Unmarshal(data)
	if err != nil || len(layers) == 0 {
		return nil
	}
	return layers[0].Features
}
