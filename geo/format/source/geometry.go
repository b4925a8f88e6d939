package source

import (
	"kawasan/geo/format/wkb"
)

// ArcToleranceM is how far at most the straight edges that arcs become lie from them, in metres.
const ArcToleranceM = 0.01

// arcToleranceDegrees is as much on the ground, or less.
const arcToleranceDegrees = 9e-8

// Geometry gives well-known binary of the layer as Feature.WKB has it: arcs become straight edges,
// as curved says. Data that is so already is given back itself. It fails with a wkb.SyntaxError.
func (l *Layer) Geometry(data []byte) (out []byte, curved bool, err error) {
	if wkb.Normal(data) {
		return data, false, nil
	}
	if out, err = wkb.Normalise(make([]byte, 0, len(data)), data); err == nil {
		return out, false, nil
	}
	tolerance := ArcToleranceM
	if l.CRS != nil && l.CRS.IsGeographic() {
		tolerance = arcToleranceDegrees
	}
	out, curved, err = wkb.Linear(nil, data, tolerance)
	if err == nil && l.CRS == nil && mayBeDegrees(out) {
		out, curved, err = wkb.Linear(nil, data, arcToleranceDegrees)
	}
	return out, curved, err
}

// mayBeDegrees reports whether coordinates of an unknown system are small enough.
func mayBeDegrees(geometry []byte) bool {
	const full = 360
	b, err := wkb.Bounds(geometry)
	return err == nil && b.MinX >= -full && b.MaxX <= full && b.MinY >= -full && b.MaxY <= full
}

// GeometryTypeOf names the type of a layer by its code in ISO 13249-3, as it is once arcs have
// become straight edges; Geometry for what has no name or mixes them.
func GeometryTypeOf(code uint32) string {
	if t, ok := wkb.LinearType(code); ok {
		return t.String()
	}
	return "Geometry"
}
