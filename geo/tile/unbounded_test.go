package tile_test

import (
	"context"

	"kawasan/geo"
)

// unbounded is a reader that ignores boxes, so that geometries reach the tile
// that no store would find.
type unbounded struct{ geo.Reader }

func (u unbounded) Open(ctx context.Context, q geo.Query) (geo.Selection, error) {
	q.Bounds = nil
	return u.Reader.Open(ctx, q)
}
