package proximity_test

import (
	"context"
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/geo/geotest"
	"kawasan/geo/proximity"
)

// A question that nobody waits for any more ends with the error of its context, which is no fault of ours.
func TestBufferEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	engine := proximity.New(geotest.NewReader(), proximity.Options{})
	_, err := engine.Buffer(ctx, proximity.BufferRequest{From: []proximity.Source{{Geometry: orb.LineString{{116, 0}, {117, 0}}}}, Radii: []float64{1000}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
