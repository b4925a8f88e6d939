package crs

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
)

// projjson is what is read of PROJJSON (schema 0.7).
type projjson struct {
	Type       string `json:"type"`
	Name       string `json:"name"`
	ID         *jsonID
	IDs        []jsonID    `json:"ids"`
	Components []*projjson `json:"components"`
	SourceCRS  *projjson   `json:"source_crs"`
	BaseCRS    *projjson   `json:"base_crs"`
	Datum      *jsonDatum  `json:"datum"`
	Ensemble   *jsonDatum  `json:"datum_ensemble"`
	Conversion *struct {
		Method     struct{ Name string }
		Parameters []struct {
			Name  string
			Value float64
			Unit  json.RawMessage
		}
	} `json:"conversion"`
	CoordinateSystem *struct {
		Axis []struct{ Unit json.RawMessage }
	} `json:"coordinate_system"`
}

type jsonID struct {
	Authority string      `json:"authority"`
	Code      json.Number `json:"code"`
}

// UnmarshalJSON accepts the code as a number or a text.
func (i *jsonID) UnmarshalJSON(b []byte) error {
	var raw struct {
		Authority string
		Code      any
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&raw); err != nil {
		return err
	}
	i.Authority = raw.Authority
	switch c := raw.Code.(type) {
	case json.Number:
		i.Code = c
	case string:
		i.Code = json.Number(c)
	}
	return nil
}

type jsonDatum struct {
	Name      string
	Ellipsoid struct {
		SemiMajor json.RawMessage `json:"semi_major_axis"`
		SemiMinor json.RawMessage `json:"semi_minor_axis"`
		Inverse   float64         `json:"inverse_flattening"`
		Radius    float64
	}
	Prime *struct{ Longitude json.RawMessage } `json:"prime_meridian"`
}

// describeJSON takes the parameters out of PROJJSON; nil if it is of a kind that has none.
func describeJSON(j *projjson, depth int) *described {
	if j == nil || depth > maxNesting {
		return nil
	}
	switch {
	case j.Type == "CompoundCRS" && len(j.Components) > 0:
		return describeJSON(j.Components[0], depth+1)
	case j.Type == "BoundCRS":
		return describeJSON(j.SourceCRS, depth+1)
	case j.Type == "ProjectedCRS" && j.BaseCRS != nil && j.Conversion != nil:
		return describeJSONProjected(j, depth)
	case j.Datum != nil || j.Ensemble != nil:
		return describeJSONGeographic(j)
	}
	return nil
}

func describeJSONGeographic(j *projjson) *described {
	frame := j.Datum
	if frame == nil {
		frame = j.Ensemble
	}
	d := &described{name: j.Name, method: none, datum: frame.Name, angle: 1, length: 1}
	d.semiMajor, d.inverse = jsonLength(frame.Ellipsoid.SemiMajor), frame.Ellipsoid.Inverse
	if minor := jsonLength(frame.Ellipsoid.SemiMinor); d.inverse == 0 && minor > 0 && minor < d.semiMajor {
		d.inverse = d.semiMajor / (d.semiMajor - minor)
	}
	if d.semiMajor == 0 {
		d.semiMajor = frame.Ellipsoid.Radius
	}
	if frame.Prime != nil {
		d.prime = jsonLength(frame.Prime.Longitude)
	}
	if cs := j.CoordinateSystem; cs != nil && len(cs.Axis) > 0 {
		d.angle = jsonUnit(cs.Axis[0].Unit, radians) * 180 / math.Pi
	}
	d.identifyJSON(j)
	return d
}

func describeJSONProjected(j *projjson, depth int) *described {
	d := describeJSON(j.BaseCRS, depth+1)
	if d == nil {
		return nil
	}
	d.name, d.authority, d.code = j.Name, "", ""
	d.projection = j.Conversion.Method.Name
	d.method = methodNamed(d.projection)
	d.p[scaleFactor] = 1
	if cs := j.CoordinateSystem; cs != nil && len(cs.Axis) > 0 {
		d.length = jsonUnit(cs.Axis[0].Unit, 1)
	}
	for _, p := range j.Conversion.Parameters {
		i, known := parameter(p.Name)
		if !known {
			d.standardParallel(p.Name, p.Value)
			continue
		}
		switch i {
		case latitudeOfOrigin, centralMeridian:
			d.p[i] = p.Value * jsonUnit(p.Unit, radians) * 180 / math.Pi
		case falseEasting, falseNorthing:
			d.p[i] = p.Value * jsonUnit(p.Unit, 1)
		default:
			d.p[i] = p.Value
		}
	}
	if d.method == mercatorM && d.frame() == sphere {
		d.method = webMercatorM
	}
	d.identifyJSON(j)
	return d
}

func (d *described) identifyJSON(j *projjson) {
	id := j.ID
	if id == nil && len(j.IDs) > 0 {
		id = &j.IDs[0]
	}
	if id != nil {
		d.authority, d.code = strings.ToUpper(id.Authority), id.Code.String()
	}
}

// jsonLength reads a number, or {"value": number, "unit": ...}.
func jsonLength(raw json.RawMessage) float64 {
	var x float64
	if json.Unmarshal(raw, &x) == nil {
		return x
	}
	var with struct{ Value float64 }
	_ = json.Unmarshal(raw, &with) // what is no number counts as 0, which no system has
	return with.Value
}

// jsonUnit gives the factor of a unit by name or as an object with one.
func jsonUnit(raw json.RawMessage, fallback float64) float64 {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		switch name {
		case "degree":
			return radians
		case "metre", "unity":
			return 1
		}
		return fallback
	}
	var with struct {
		Factor float64 `json:"conversion_factor"`
	}
	if json.Unmarshal(raw, &with) == nil && with.Factor > 0 {
		return with.Factor
	}
	return fallback
}
