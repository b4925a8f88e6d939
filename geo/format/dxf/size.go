package dxf

import "kawasan/geo/format/export"

// size estimates the bytes of a drawing: each vertex is an entity with the name of its
// layer, and each point, line and outer ring has the attributes.
func size(f export.Figures) float64 {
	layer := float64(len(f.Collection.ID))
	if _, ok := f.Collection.PropertyIndex("boundary_kind"); ok {
		layer += 12 // of the kind of boundary
	}
	one := max(f.Features, 1)
	attributes := 30 + f.Text/one + (f.Values/one)*(11+f.Names()/max(f.Columns(), 1))
	vertices := f.Positions
	if f.Positions == f.Parts { // points
		vertices = 0
	}
	return 1300 + f.Features*(110+layer) + f.Parts*(90+2*layer+attributes) + vertices*(53+layer)
}
