package postgis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"kawasan/geo"
)

// geoJSONTypes spells PostGIS's names of geometry types the GeoJSON way.
var geoJSONTypes = map[string]string{
	"POINT": "Point", "MULTIPOINT": "MultiPoint", "LINESTRING": "LineString", "MULTILINESTRING": "MultiLineString",
	"POLYGON": "Polygon", "MULTIPOLYGON": "MultiPolygon", "GEOMETRYCOLLECTION": "GeometryCollection",
}

// measure reads what follows from a table's rows: reference system and type of
// its geometries where the column leaves them open, their number, extent and
// span of time, and what is wrong with any. It gives a new table, or the reason why it
// can't be published. It costs one pass over the table, and one more over the ids where
// the database does not see to it that they differ. Guarded says that some of its geometries
// are likely not to be served, so that each is looked at with care.
func (t *table) measure(ctx context.Context, tx pgx.Tx, guarded bool) (*table, geo.Phrase, error) {
	next := *t
	c := *t.collection
	next.collection = &c
	if next.geometry.name != "" {
		if reason, err := next.settleGeometry(ctx, tx); !reason.IsZero() || err != nil {
			return nil, reason, err
		}
	}
	if !next.keyed {
		if reason, err := next.checkIDs(ctx, tx); !reason.IsZero() || err != nil {
			return nil, reason, err
		}
	}
	g := &next.geometry
	g.guarded = guarded && g.name != ""
	boundless, err := next.survey(ctx, tx)
	if g.guarded && err == nil && !slices.ContainsFunc(c.Defects, isPlaceless) { // or not any more
		g.guarded = false
		boundless, err = next.survey(ctx, tx)
	}
	if g.name != "" && !g.guarded && (isAboutRows(err) || boundless) {
		g.guarded = true
		_, err = next.survey(ctx, tx)
	}
	if err != nil {
		return nil, geo.Phrase{}, fmt.Errorf("measure %s: %w", t.relation, err)
	}
	next.describe()
	next.measured = true
	return &next, geo.Phrase{}, nil
}

// describe completes the description of a table, once it is known how its rows are read.
func (t *table) describe() {
	if t.geometry.name != "" {
		t.collection.Reading = t.geometry.expression()
	}
	t.collection.Index()
}

// survey reads number, extent and span of time, and which rows have a geometry that is not served.
// It fails if one can't be taken to WGS84, and the geometry is not guarded; the transaction can go on.
// Boundless says that the box of one is not finite, so that the extent is not that of the others:
// ST_Extent begins anew behind one that is no number.
func (t *table) survey(ctx context.Context, outer pgx.Tx) (boundless bool, err error) {
	c, g := t.collection, t.geometry
	selected := []string{"count(*)"}
	if g.name != "" {
		extent := "ST_Extent(" + g.expression() + ")"
		selected = append(selected, "ST_XMin("+extent+")", "ST_YMin("+extent+")", "ST_XMax("+extent+")", "ST_YMax("+extent+")",
			"coalesce(bool_or(ST_IsEmpty("+g.expression()+")), false)", "count(*) FILTER (WHERE "+g.unplaced()+")",
			fmt.Sprintf("coalesce(bool_or(NOT (ST_XMax(%[1]s) - ST_XMin(%[1]s) + ST_YMax(%[1]s) - ST_YMin(%[1]s) < 'infinity')), false)", g.expression()))
	} else {
		selected = append(selected, "NULL::float8", "NULL::float8", "NULL::float8", "NULL::float8", "false", "0::int8", "false")
	}
	if c.TimeStart != "" {
		start, end := t.timeExpression(c.TimeStart, false), t.timeExpression(c.TimeEnd, true)
		selected = append(selected, "min("+start+")", "max("+end+")", "bool_or("+start+" IS NULL)", "bool_or("+end+" IS NULL)")
	} else {
		selected = append(selected, "NULL::timestamptz", "NULL::timestamptz", "true", "true")
	}
	var west, south, east, north *float64
	var first, last *time.Time
	var openStart, openEnd *bool
	unplaced := geo.Defect{Kind: geo.WithoutPosition}
	err = pgx.BeginFunc(ctx, outer, func(tx pgx.Tx) error {
		rows := statement{table: t}
		rows.whereIdentified()
		sql := "SELECT " + strings.Join(selected, ", ") + " FROM " + t.relation + " t" + rows.conditions()
		err := tx.QueryRow(ctx, sql, rows.args...).Scan(&c.Count, &west, &south, &east, &north, &t.hollow, &unplaced.Rows, &boundless, &first, &last, &openStart, &openEnd)
		if err != nil || unplaced.Rows == 0 {
			return err
		}
		found, err := tx.Query(ctx, fmt.Sprintf("SELECT t.%s::text FROM %s t%s ORDER BY %s LIMIT %d", quote(t.key), t.relation, rows.conditions(g.unplaced()), t.keyExpression(), geo.DefectIDs), rows.args...)
		if err != nil {
			return err
		}
		unplaced.IDs, err = pgx.CollectRows(found, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return false, err
	}
	c.Defects = slices.DeleteFunc(c.Defects, isPlaceless) // of a survey before
	if unplaced.Rows > 0 {
		c.Defects = append(c.Defects, unplaced)
	}
	c.Extent = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{0, 0}} // empty
	if west != nil {
		c.Extent = orb.Bound{Min: orb.Point{*west, *south}, Max: orb.Point{*east, *north}}
	}
	c.Interval = geo.Interval{}
	if first != nil && (openStart == nil || !*openStart) {
		c.Interval.Start = ptr(first.UTC())
	}
	if last != nil && (openEnd == nil || !*openEnd) {
		c.Interval.End = ptr(last.UTC())
	}
	return boundless, nil
}

func isPlaceless(d geo.Defect) bool { return d.Kind == geo.WithoutPosition }

func ptr[T any](v T) *T { return &v }

// timeExpression is a time property as an instant; the end of a day is its last microsecond.
func (t *table) timeExpression(property string, end bool) string {
	i, _ := t.collection.PropertyIndex(property)
	col := t.columns[i]
	if col.property.Type != geo.DateOnly {
		return col.orderExpression()
	}
	if end {
		return "((" + col.orderExpression() + " + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond')"
	}
	return "(" + col.orderExpression() + "::timestamp AT TIME ZONE 'UTC')"
}

// settleGeometry decides on reference system and geometry type, from the
// column's type modifier or else from the rows.
func (t *table) settleGeometry(ctx context.Context, tx pgx.Tx) (reason geo.Phrase, err error) {
	g := &t.geometry
	t.settleSystem()
	if g.srid == 0 {
		g.open = true
		err := tx.QueryRow(ctx, fmt.Sprintf(`SELECT coalesce(min(ST_SRID(t.%[1]s)) FILTER (WHERE ST_SRID(t.%[1]s) <> 0), 0), coalesce(min(ST_SRID(t.%[1]s)) <> max(ST_SRID(t.%[1]s)), false)
			FROM %[2]s t`, quote(g.name), t.relation)).Scan(&g.srid, &g.mixed)
		if err != nil {
			return geo.Phrase{}, fmt.Errorf("read srid of %s: %w", t.relation, err)
		}
		if g.srid == 0 {
			return geo.Phrasef("the reference system of its geometry column %s is not known; SELECT UpdateGeometrySRID('kawasan', '%s', '%s', 4326)", g.name, t.collection.ID, g.name), nil
		}
	}
	base := g.base()
	if g.isOpen() {
		if base, err = t.surveyTypes(ctx, tx); err != nil {
			return geo.Phrase{}, err
		}
	}
	return t.settleType(base), nil
}

// settleSystem fills in the reference system that geography has without saying so.
func (t *table) settleSystem() {
	if g := &t.geometry; g.isGeog && g.srid == 0 {
		g.srid = wgs84
	}
}

// base is the type of the column without its dimensions.
func (g geometryColumn) base() string { return strings.TrimRight(g.kind, "ZM") }

// isOpen reports whether the column takes geometries of every type.
func (g geometryColumn) isOpen() bool { return g.base() == "" || g.base() == "GEOMETRY" }

// settleType takes in the type of the geometries, or gives the reason why they can't be served.
func (t *table) settleType(base string) (reason geo.Phrase) {
	g := &t.geometry
	if kind := strings.TrimPrefix(g.kind, g.base()); kind != "" {
		t.collection.HasZ, t.collection.HasM = strings.Contains(kind, "Z"), strings.Contains(kind, "M")
	}
	switch base {
	case "LINESTRING", "POLYGON":
		g.multi = true
		base = "MULTI" + base
	case "CIRCULARSTRING", "COMPOUNDCURVE", "MULTICURVE":
		g.curved, g.multi, base = true, true, "MULTILINESTRING"
	case "CURVEPOLYGON", "MULTISURFACE":
		g.curved, g.multi, base = true, true, "MULTIPOLYGON"
	case "POLYHEDRALSURFACE", "TIN", "TRIANGLE":
		return geo.Phrasef("its geometries are of type %s, which the formats served here don't have; a view that makes polygons of them serves them", base)
	}
	t.collection.GeometryType = geoJSONTypes[base]
	if t.collection.GeometryType == "" {
		t.collection.GeometryType = "Geometry"
	}
	return geo.Phrase{}
}

// surveyTypes finds the one type that all geometries of an open column share,
// single and multi counting as one; GEOMETRY when they differ.
func (t *table) surveyTypes(ctx context.Context, tx pgx.Tx) (string, error) {
	rows, err := tx.Query(ctx, fmt.Sprintf(`SELECT DISTINCT GeometryType(t.%s::geometry), ST_Zmflag(t.%[1]s::geometry)::int4 FROM %s t WHERE t.%[1]s IS NOT NULL`, quote(t.geometry.name), t.relation))
	if err != nil {
		return "", fmt.Errorf("read geometry types of %s: %w", t.relation, err)
	}
	kinds, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct {
		Kind string
		Flag int32
	}])
	if err != nil {
		return "", fmt.Errorf("read geometry types of %s: %w", t.relation, err)
	}
	var names []string
	for _, k := range kinds {
		if name := strings.TrimSuffix(k.Kind, "M"); !slices.Contains(names, name) { // POINTM is a point with a measure
			names = append(names, name)
			t.geometry.curved = t.geometry.curved || geoJSONTypes[name] == ""
		}
		t.collection.HasZ = t.collection.HasZ || k.Flag&2 != 0
		t.collection.HasM = t.collection.HasM || k.Flag&1 != 0
	}
	if len(names) == 1 {
		return names[0], nil
	}
	for _, single := range []string{"LINESTRING", "POLYGON"} {
		if len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return n != single && n != "MULTI"+single }) {
			return single, nil
		}
	}
	if len(names) == 2 && slices.Contains(names, "POINT") && slices.Contains(names, "MULTIPOINT") {
		t.geometry.multi = true
		return "MULTIPOINT", nil
	}
	return "GEOMETRY", nil
}
