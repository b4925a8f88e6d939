package postgis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
	"kawasan/geo/intake"
)

// stage is the temporary table in which features wait. It is the session's own and
// ends with the transaction.
const stage = "kawasan_stage"

// merge brings features into a collection that exists.
func (i *importing) merge(known *catalogue) error {
	c := i.load.Collection
	i.target = known.tables[c.ID]
	if err := i.fit(); err != nil {
		return err
	}
	if _, err := i.tx.Exec(i.ctx, "LOCK TABLE "+i.target.relation+" IN SHARE ROW EXCLUSIVE MODE"); err != nil {
		return err
	}
	staged, err := i.fillStage()
	if err != nil {
		return err
	}
	if err := i.load.Settle(); err != nil {
		return err
	}
	// Only now, as it keeps out readers: features are judged against those of the collection itself.
	if err := i.addColumns(); err != nil {
		return err
	}
	if err := i.widenColumns(); err != nil {
		return err
	}
	if i.unlocated > 0 && i.target.geometry.notNull {
		if _, err := i.exec("ALTER TABLE " + i.target.relation + " ALTER COLUMN " + quote(i.target.geometry.name) + " DROP NOT NULL"); err != nil {
			return err
		}
	}
	if err := i.distinct(); err != nil {
		return err
	}
	if i.load.Mode == intake.Append {
		if err := i.nothingTaken(); err != nil {
			return err
		}
	} else if i.stored.Updated, err = i.exec(i.updateSQL()); err != nil {
		return err
	}
	if i.load.Mode == intake.Replace {
		if i.stored.Deleted, err = i.exec(fmt.Sprintf("DELETE FROM %s t WHERE NOT EXISTS (SELECT FROM %s s WHERE s.id = t.%s)", i.target.relation, stage, quote(i.target.key))); err != nil {
			return err
		}
	}
	if i.stored.Inserted, err = i.exec(i.insertSQL()); err != nil {
		return err
	}
	i.stored.Unchanged = staged - i.stored.Inserted - i.stored.Updated
	return nil
}

// addColumns makes the columns that the collection does not have yet.
func (i *importing) addColumns() error {
	for _, p := range i.load.Added {
		if _, err := i.tx.Exec(i.ctx, "ALTER TABLE "+i.target.relation+" ADD COLUMN "+quote(p.Name)+" "+columnType(p.Type)); err != nil {
			return fmt.Errorf("add column: %w", err)
		}
		if err := describeProperty(i.ctx, i.tx, i.load.Collection.ID, p); err != nil {
			return err
		}
	}
	return nil
}

// fit makes sure that rows can be written to the table at all.
func (i *importing) fit() error {
	t := i.target
	switch {
	case t == nil || !t.plain || t.relation == "":
		return geo.Errorf(geo.Unsupported, "the collection %q is no table of its own (a view, say), so nothing can be stored in it", i.load.Collection.ID).Try("the table below it")
	case t.geometry.name != "" && (t.geometry.srid != wgs84 || t.geometry.isGeog):
		return geo.Errorf(geo.Unsupported, "the geometries of %q are not stored as WGS84 longitude, latitude", i.load.Collection.ID).Try("a column of type geometry(..., 4326)")
	}
	return nil
}

func (i *importing) exec(sql string) (int64, error) {
	tag, err := i.tx.Exec(i.ctx, sql)
	return tag.RowsAffected(), err
}

// fillStage makes the temporary table and streams the features into it.
func (i *importing) fillStage() (int64, error) {
	c := i.load.Collection
	lines := []string{"id " + i.keyType()}
	columns := []string{"id"}
	for _, k := range i.load.Columns {
		columns = append(columns, stageColumn(k))
		lines = append(lines, stageColumn(k)+" "+columnType(c.Properties[k].Type))
	}
	if i.target.geometry.name != "" {
		columns = append(columns, "geom")
		lines = append(lines, "geom geometry")
	}
	if _, err := i.tx.Exec(i.ctx, "CREATE TEMPORARY TABLE "+stage+" ("+strings.Join(lines, ", ")+") ON COMMIT DROP"); err != nil {
		return 0, err
	}
	rows := &copying{collection: c, columns: i.load.Columns, geometry: i.target.geometry.name != "", integerID: c.IntegerID}
	n, err := rows.into(i.ctx, i.tx.Conn(), pgx.Identifier{stage}, columns, i.load.Features)
	if err != nil {
		return 0, err
	}
	i.unlocated = rows.unlocated
	_, err = i.tx.Exec(i.ctx, "ANALYZE "+stage)
	return n, err
}

func (i *importing) keyType() string {
	if i.load.Collection.IntegerID {
		return "bigint"
	}
	return `text COLLATE "C"`
}

// stageColumn names a column of the stage by the place of its property.
func stageColumn(k int) string { return fmt.Sprintf("p%d", k) }

// distinct refuses ids that occur twice in what came.
func (i *importing) distinct() error {
	return i.refuse("SELECT id::text FROM "+stage+" GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 6",
		func(ids string) error {
			return geo.Errorf(geo.Conflict, "these ids occur more than once: %s", ids).Try("--id with a column that is different in each row, or --id %s", intake.RowNumber)
		})
}

// nothingTaken refuses ids that the collection has already.
func (i *importing) nothingTaken() error {
	return i.refuse(fmt.Sprintf("SELECT s.id::text FROM %s s JOIN %s t ON t.%s = s.id ORDER BY s.id LIMIT 6", stage, i.target.relation, quote(i.target.key)),
		func(ids string) error {
			return geo.Errorf(geo.Conflict, "the collection has features with these ids already: %s", ids).Try("--mode upsert to change them, or --id with another column")
		})
}

// refuse makes an error of the ids that a query finds, if there are any.
func (i *importing) refuse(sql string, fault func(ids string) error) error {
	rows, err := i.tx.Query(i.ctx, sql)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(ids) == 0 {
		return err
	}
	if len(ids) > 5 {
		ids[5] = "…"
	}
	return fault(strings.Join(ids, ", "))
}

// assigned are the columns of the table that the stage brings, with the stage's expression for each.
func (i *importing) assigned() (names, values []string) {
	for _, k := range i.load.Columns {
		names = append(names, quote(i.load.Collection.Properties[k].Name))
		values = append(values, "s."+stageColumn(k))
	}
	if g := i.target.geometry.name; g != "" {
		names = append(names, quote(g))
		values = append(values, "s.geom")
	}
	return names, values
}

// updateSQL changes rows that differ.
func (i *importing) updateSQL() string {
	names, values := i.assigned()
	if len(names) == 0 {
		return fmt.Sprintf("DELETE FROM %s WHERE false", stage)
	}
	var sets, differ []string
	for k := range names {
		sets = append(sets, names[k]+" = "+i.cast(names[k], values[k]))
		if k < len(i.load.Columns) && slices.Contains(i.load.Lesser, i.load.Columns[k]) {
			continue
		}
		differ = append(differ, i.differs(names[k], values[k]))
	}
	if len(differ) == 0 {
		return fmt.Sprintf("DELETE FROM %s WHERE false", stage)
	}
	return fmt.Sprintf("UPDATE %s t SET %s FROM %s s WHERE t.%s = s.id AND (%s)", i.target.relation, strings.Join(sets, ", "), stage, quote(i.target.key), strings.Join(differ, " OR "))
}

// column finds the column of the table with this quoted name; nil for the geometry and for columns added now.
func (i *importing) column(name string) *column {
	at := slices.IndexFunc(i.target.columns, func(c column) bool { return quote(c.property.Name) == name })
	if at < 0 {
		return nil
	}
	return &i.target.columns[at]
}

// cast gives a value of the stage the type that the column of the table has, where that is not the one of new tables.
func (i *importing) cast(name, value string) string {
	c := i.column(name)
	switch {
	case c == nil || c.sqlType == castTypeName(c.property.Type):
		return value
	case c.sqlType == "timestamp without time zone":
		return value + " AT TIME ZONE 'UTC'"
	case c.sqlType == "money":
		return value + "::numeric::money"
	case c.element == "money":
		return value + "::numeric[]::money[]"
	case c.property.Type == geo.JSON && c.sqlType != "json" && c.sqlType != "jsonb": // of several fields, or lists
		return fmt.Sprintf("(jsonb_populate_record(NULL::%s, jsonb_build_object(%s, %s))).%s", i.target.relation, literal(c.property.Name), value, name)
	}
	return value + "::" + c.openType()
}

// differs is the condition that the table has another value than the stage. Of a type
// without an order, or with one that takes different values for equal, what is published decides.
func (i *importing) differs(name, value string) string {
	c := i.column(name)
	switch {
	case c == nil || c.sqlType == castTypeName(c.property.Type), c.sqlType == "jsonb":
		return "t." + name + " IS DISTINCT FROM " + i.cast(name, value)
	case c.property.Type != geo.JSON && c.hasEquality():
		return "t." + name + "::" + c.openType() + " IS DISTINCT FROM " + i.cast(name, value) // a domain over an enum has no = of its own
	case c.property.Type == geo.JSON:
		return "(" + c.expression() + ")::jsonb IS DISTINCT FROM " + value
	}
	return c.orderExpression() + " IS DISTINCT FROM " + value
}

// insertSQL adds the rows that are new.
func (i *importing) insertSQL() string {
	names, values := i.assigned()
	for k := range names {
		values[k] = i.cast(names[k], values[k])
	}
	names, values = append(names, quote(i.target.key)), append(values, "s.id")
	return fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s s WHERE NOT EXISTS (SELECT FROM %s t WHERE t.%s = s.id) ORDER BY s.id",
		i.target.relation, strings.Join(names, ", "), strings.Join(values, ", "), stage, i.target.relation, quote(i.target.key))
}
