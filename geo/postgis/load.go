package postgis

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geodata"
)

// Loaded tells what a load of the shipped data did.
type Loaded struct {
	// Created are the collections made, with the number of features each.
	Created map[string]int
	// Updated, Added and Removed are rows (collection/id) that nobody had edited
	// and that now are as shipped.
	Updated, Added, Removed []string
	// Kept are rows that differ from what is shipped and were left alone, since
	// somebody edited or deleted them.
	Kept []string
}

// Load brings the shipped data into the database at the migrator's URL.
// Collections that do not exist are created and filled. Those that exist are
// left alone, unless update is set: then rows that nobody has edited since they
// were loaded become as shipped, and the rest are listed. Each collection is one
// transaction. Report, if not nil, hears of progress.
func Load(ctx context.Context, options Options, update bool, report func(step string)) (*Loaded, error) {
	sets, err := shipped()
	if err != nil {
		return nil, err
	}
	options = options.withDefaults()
	conn, err := connect(ctx, options.MigratorURL)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := usePostGIS(ctx, conn); err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, `SELECT set_config('kawasan.principal', 'shipped data', false)`); err != nil {
		return nil, queryFault(ctx, err)
	}
	done := &Loaded{Created: map[string]int{}}
	for i, set := range sets {
		if report != nil {
			report(fmt.Sprintf("loading %s (%d of %d, %d rows)", set.collection.ID, i+1, len(sets), len(set.rows)))
		}
		err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return set.load(ctx, tx, update, done) })
		if fault := ownerFault(err); fault != nil {
			return nil, fault
		}
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", set.collection.ID, err)
		}
	}
	for _, list := range []*[]string{&done.Updated, &done.Added, &done.Removed, &done.Kept} {
		slices.Sort(*list)
	}
	return done, nil
}

// shippedSet is a collection or table of the shipped data.
type shippedSet struct {
	collection *geo.Collection
	rows       []shippedRow
	unlocated  []geodata.Row
}

type shippedRow struct {
	id         string
	geometry   json.RawMessage // nil for a table
	properties map[string]json.RawMessage
	hash       string
}

// shipped reads the embedded data.
func shipped() ([]shippedSet, error) {
	collections, err := geodata.Collections()
	if err != nil {
		return nil, err
	}
	tables, err := geodata.Tables()
	if err != nil {
		return nil, err
	}
	var sets []shippedSet
	for _, d := range collections {
		set := shippedSet{unlocated: d.Unlocated, collection: &geo.Collection{
			ID: d.Collection, Title: geo.Text(d.Title), Description: geo.Text(d.Description), Keywords: d.Keywords,
			Licence: d.Licence, Attribution: d.Attribution, GeometryType: d.GeometryType, Properties: properties(d.Properties),
		}}
		for _, f := range d.Features {
			hash, err := f.Hash()
			if err != nil {
				return nil, err
			}
			set.rows = append(set.rows, shippedRow{f.ID, f.Geometry, f.Properties, hash})
		}
		sets = append(sets, set)
	}
	for _, d := range tables {
		set := shippedSet{collection: &geo.Collection{
			ID: d.ID, Title: geo.Text(d.Title), Description: geo.Text(d.Description), Keywords: d.Keywords,
			Licence: d.Licence, Attribution: d.Attribution, Properties: properties(d.Properties),
		}}
		for _, r := range d.Rows {
			hash, err := r.Hash()
			if err != nil {
				return nil, err
			}
			set.rows = append(set.rows, shippedRow{r.ID, nil, r.Properties, hash})
		}
		sets = append(sets, set)
	}
	slices.SortFunc(sets, func(a, b shippedSet) int { return cmp.Compare(a.collection.ID, b.collection.ID) })
	return sets, nil
}

func properties(described []geodata.Property) []geo.Property {
	list := make([]geo.Property, 0, len(described))
	for _, p := range described {
		list = append(list, geo.Property{
			Name: p.Name, Type: geo.PropertyType(p.Type), Title: geo.Text(p.Title), Description: geo.Text(p.Description), Unit: p.Unit, Enum: p.Enum, Words: wordsOfValues(p.Words),
		})
	}
	return list
}

func wordsOfValues(said map[string]geodata.Text) map[string]geo.Text {
	if said == nil {
		return nil
	}
	words := make(map[string]geo.Text, len(said))
	for value, t := range said {
		words[value] = geo.Text(t)
	}
	return words
}

func (s shippedSet) load(ctx context.Context, tx pgx.Tx, update bool, done *Loaded) error {
	var exists bool
	if err := tx.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, quote(Schema)+"."+quote(s.collection.ID)).Scan(&exists); err != nil {
		return err
	}
	if !exists {
		var before bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM kawasan._shipped WHERE collection = $1)`, s.collection.ID).Scan(&before); err != nil {
			return err
		}
		if before && !update {
			return nil // somebody dropped the table: that is an edit, too
		}
		if err := createTable(ctx, tx, s.collection); err != nil {
			return err
		}
		if err := finishTable(ctx, tx, s.collection, true); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM kawasan._shipped WHERE collection = $1`, s.collection.ID); err != nil {
			return err
		}
		if err := s.insert(ctx, tx, s.rows); err != nil {
			return err
		}
		done.Created[s.collection.ID] = len(s.rows)
		return s.replaceUnlocated(ctx, tx)
	}
	if !update {
		return addWords(ctx, tx, s.collection)
	}
	return s.update(ctx, tx, done)
}

// insert adds rows in one statement, so that the log gets one entry.
func (s shippedSet) insert(ctx context.Context, tx pgx.Tx, rows []shippedRow) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, "INSERT INTO "+quote(Schema)+"."+quote(s.collection.ID)+" "+s.source(), s.payload(rows))
	if err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	return s.remember(ctx, tx, rows)
}

// source is a SELECT that turns the payload into typed rows: (id, attributes, revision, geom).
func (s shippedSet) source() string {
	names := []string{"id"}
	values := []string{"r.id"}
	for _, p := range s.collection.Properties {
		names = append(names, quote(p.Name))
		values = append(values, jsonColumn(p))
	}
	if s.collection.GeometryType != "" {
		names = append(names, "geom")
		values = append(values, "ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4326)")
	}
	return "(" + strings.Join(names, ", ") + ") SELECT " + strings.Join(values, ", ") +
		" FROM jsonb_to_recordset($1::jsonb) AS r(id text, geometry text, properties jsonb)"
}

// jsonColumn reads one attribute out of a row's JSON.
func jsonColumn(p geo.Property) string {
	key := literal(p.Name)
	switch {
	case p.Type.IsArray():
		return fmt.Sprintf("CASE WHEN jsonb_typeof(r.properties->%[1]s) = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(r.properties->%[1]s))::%[2]s END", key, castType(p.Type))
	case p.Type == geo.JSON:
		return fmt.Sprintf("nullif(r.properties->%s, 'null'::jsonb)", key)
	}
	return fmt.Sprintf("(r.properties->>%s)::%s", key, castType(p.Type))
}

func (s shippedSet) payload(rows []shippedRow) string {
	type row struct {
		ID         string                     `json:"id"`
		Geometry   string                     `json:"geometry"`
		Properties map[string]json.RawMessage `json:"properties"`
	}
	list := make([]row, 0, len(rows))
	for _, r := range rows {
		list = append(list, row{r.id, string(r.geometry), r.properties})
	}
	raw, err := json.Marshal(list)
	if err != nil {
		panic(err) //nolint:forbidigo // values came from JSON
	}
	return string(raw)
}

// remember notes hash and revision of rows as they are now.
func (s shippedSet) remember(ctx context.Context, tx pgx.Tx, rows []shippedRow) error {
	ids, hashes := make([]string, len(rows)), make([]string, len(rows))
	for i, r := range rows {
		ids[i], hashes[i] = r.id, r.hash
	}
	_, err := tx.Exec(ctx, `INSERT INTO kawasan._shipped (collection, id, content_hash, revision)
		SELECT $1, t.id, h.hash, t.revision FROM unnest($2::text[], $3::text[]) h(id, hash) JOIN `+quote(Schema)+"."+quote(s.collection.ID)+` t ON t.id = h.id
		ON CONFLICT (collection, id) DO UPDATE SET content_hash = excluded.content_hash, revision = excluded.revision`, s.collection.ID, ids, hashes)
	if err != nil {
		return fmt.Errorf("remember shipped rows: %w", err)
	}
	return nil
}

// replaceUnlocated makes the rows without a position as shipped, touching only those that differ.
func (s shippedSet) replaceUnlocated(ctx context.Context, tx pgx.Tx) error {
	raw, err := json.Marshal(append([]geodata.Row{}, s.unlocated...))
	if err != nil {
		return err
	}
	const rows = `jsonb_to_recordset($2::jsonb) AS r(id text, properties jsonb)`
	if _, err := tx.Exec(ctx, `DELETE FROM kawasan._unlocated u WHERE collection = $1 AND NOT EXISTS (SELECT FROM `+rows+` WHERE r.id = u.id)`, s.collection.ID, string(raw)); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO kawasan._unlocated (collection, id, properties) SELECT $1, r.id, r.properties FROM `+rows+`
		ON CONFLICT (collection, id) DO UPDATE SET properties = excluded.properties WHERE _unlocated.properties IS DISTINCT FROM excluded.properties`, s.collection.ID, string(raw))
	return err
}
