package postgis

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// createTable makes the typed table of a new collection, with id, attributes, revision
// and geometry, and describes it. Rows may come in at once, or after finishTable. Text
// compares by code point.
func createTable(ctx context.Context, tx pgx.Tx, c *geo.Collection) error {
	relation := quote(Schema) + "." + quote(c.ID)
	lines := []string{`id text COLLATE "C" NOT NULL CHECK (id <> '' AND id !~ '[./]')`}
	for _, p := range c.Properties {
		line := quote(p.Name) + " " + columnType(p.Type)
		if p.Required {
			line += " NOT NULL"
		}
		if check := tableCheck(p); check != "" {
			line += " CHECK (" + check + ")"
		}
		lines = append(lines, line)
	}
	lines = append(lines, "revision bigint NOT NULL DEFAULT 1")
	if c.GeometryType != "" {
		lines = append(lines, fmt.Sprintf("geom geometry(%s%s, %d)", c.GeometryType, dimensions(c), wgs84))
	}
	statements := []string{"CREATE TABLE " + relation + " (\n  " + strings.Join(lines, ",\n  ") + "\n)"}
	statements = append(statements, "COMMENT ON TABLE "+relation+" IS "+literal(c.Description.EN))
	for _, p := range c.Properties {
		if text := p.Description.EN; text != "" {
			statements = append(statements, "COMMENT ON COLUMN "+relation+"."+quote(p.Name)+" IS "+literal(text))
		}
	}
	for _, s := range statements {
		if _, err := tx.Exec(ctx, s); err != nil {
			return fmt.Errorf("create table %s: %w", c.ID, err)
		}
	}
	return describe(ctx, tx, c)
}

// finishTable gives a table what is made faster once the rows are in it: its key, the
// index of the geometry, the triggers that log changes. located says that no row is
// without a geometry, nor may be.
func finishTable(ctx context.Context, tx pgx.Tx, c *geo.Collection, located bool) error {
	relation := quote(Schema) + "." + quote(c.ID)
	alter, geometry := "ALTER TABLE "+relation+" ADD PRIMARY KEY (id)", ""
	if c.GeometryType != "" {
		geometry = "geom"
		if located {
			alter += ", ALTER COLUMN geom SET NOT NULL"
		}
	}
	if _, err := tx.Exec(ctx, alter); err != nil {
		return fmt.Errorf("finish table %s: %w", c.ID, err)
	}
	if geometry != "" {
		if _, err := tx.Exec(ctx, "CREATE INDEX ON "+relation+" USING gist (geom)"); err != nil {
			return fmt.Errorf("index table %s: %w", c.ID, err)
		}
	}
	if _, err := tx.Exec(ctx, `SELECT kawasan._track($1::text::regclass, 'id', $2)`, relation, geometry); err != nil {
		return fmt.Errorf("track table %s: %w", c.ID, err)
	}
	return nil
}

func dimensions(c *geo.Collection) string {
	d := ""
	if c.HasZ {
		d += "Z"
	}
	if c.HasM {
		d += "M"
	}
	return d
}

// tableCheck is what the database itself holds every row to.
func tableCheck(p geo.Property) string {
	name := quote(p.Name)
	switch {
	case p.Name == "position_uncertainty_m":
		return name + " > 0" // unknown is null, never 0
	case len(p.Enum) > 0 && p.Type == geo.String:
		values := make([]string, len(p.Enum))
		for i, v := range p.Enum {
			values[i] = literal(v)
		}
		return name + " IN (" + strings.Join(values, ", ") + ")"
	}
	return ""
}

// literal is a string constant for statements that take no parameters.
func literal(s string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "'", "''") + "'"
}

// describe stores titles, descriptions and units of a collection.
func describe(ctx context.Context, tx pgx.Tx, c *geo.Collection) error {
	_, err := tx.Exec(ctx, `INSERT INTO kawasan._collection (id, title_en, title_id, description_en, description_id, keywords, licence, attribution)
		VALUES ($1, $2, $3, $4, $5, coalesce($6::text[], '{}'), $7, $8)
		ON CONFLICT (id) DO UPDATE SET title_en = excluded.title_en, title_id = excluded.title_id, description_en = excluded.description_en,
		description_id = excluded.description_id, keywords = excluded.keywords, licence = excluded.licence, attribution = excluded.attribution`,
		c.ID, c.Title.EN, c.Title.ID, c.Description.EN, c.Description.ID, c.Keywords, c.Licence, c.Attribution)
	if err != nil {
		return fmt.Errorf("describe %s: %w", c.ID, err)
	}
	for _, p := range c.Properties {
		if err := describeProperty(ctx, tx, c.ID, p); err != nil {
			return err
		}
	}
	return nil
}

// describeProperty stores titles, description, unit, allowed values and their words of a property.
func describeProperty(ctx context.Context, tx pgx.Tx, collection string, p geo.Property) error {
	words, err := encodedWords(p.Words)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO kawasan._property (collection, name, title_en, title_id, description_en, description_id, unit, allowed, words)
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9::jsonb)
		ON CONFLICT (collection, name) DO UPDATE SET title_en = excluded.title_en, title_id = excluded.title_id,
		description_en = excluded.description_en, description_id = excluded.description_id, unit = excluded.unit, allowed = excluded.allowed,
		words = coalesce(excluded.words, _property.words)`,
		collection, p.Name, p.Title.EN, p.Title.ID, p.Description.EN, p.Description.ID, p.Unit, p.Enum, words)
	if err != nil {
		return fmt.Errorf("describe %s.%s: %w", collection, p.Name, err)
	}
	return nil
}
