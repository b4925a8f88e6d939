package postgis

import (
	"fmt"
	"strings"

	"kawasan/geo"
)

// An earlier version of a collection is the present rows, with each row that was
// touched since put back to what it was before the first change behind that
// version, or left out if it was not there. The changes behind version N are the
// entries after the first N in the order of their commits.

// laterSQL gives the entries behind a version, in order: %[1]s is the collection, %[2]s the version.
const laterSQL = `later AS (SELECT entry, operation, ids, row_number() OVER (ORDER BY committed, entry) AS place
	FROM (SELECT * FROM kawasan._change_log WHERE collection = %[1]s ORDER BY committed, entry OFFSET %[2]s) l)`

// touchedSQL gives for each row that was touched since the first entry that touched it.
const touchedSQL = laterSQL + `,
touched AS MATERIALIZED (SELECT DISTINCT ON (id) id, entry FROM (
	SELECT unnest(ids) AS id, place, entry FROM later WHERE operation IN ('insert', 'update', 'delete')
	UNION ALL SELECT h.id, l.place, l.entry FROM later l JOIN kawasan._history h ON h.collection = %[1]s AND h.entry = l.entry
		WHERE l.operation = 'truncate') e ORDER BY id, place)`

// reachSQL says why a version can't be read, if it can't: the table was made or
// tracked anew since, history was thrown away, or the columns were others.
var reachSQL = "WITH " + fmt.Sprintf(touchedSQL, "$1::text", "$2::int8") + `
SELECT EXISTS (SELECT FROM later WHERE operation = 'structure'),
	EXISTS (SELECT FROM later l, LATERAL (SELECT count(*) AS n FROM kawasan._history h WHERE h.collection = $1 AND h.entry = l.entry) kept
		WHERE l.operation = 'delete' AND kept.n < cardinality(l.ids) OR l.operation = 'update' AND 2 * kept.n < cardinality(l.ids)
			OR l.operation = 'truncate' AND l.ids IS NULL AND kept.n = 0),
	EXISTS (SELECT FROM touched x JOIN kawasan._history h ON h.collection = $1 AND h.id = x.id AND h.entry = x.entry
		WHERE (SELECT array_agg(k ORDER BY k COLLATE "C") FROM jsonb_object_keys(h.properties) k) IS DISTINCT FROM $3::text[]),
	EXISTS (SELECT FROM touched)`

// unlocatedEarlierSQL reads the rows without a position at a version.
var unlocatedEarlierSQL = "WITH " + fmt.Sprintf(laterSQL, "$1::text", "$2::int8") + `,
touched AS MATERIALIZED (SELECT DISTINCT ON (id) id, entry FROM
	(SELECT unnest(ids) AS id, place, entry FROM later WHERE operation = 'unlocated') e ORDER BY id, place)
SELECT id, properties FROM (SELECT u.id, u.properties FROM kawasan._unlocated u WHERE u.collection = $1 AND NOT EXISTS (SELECT FROM touched x WHERE x.id = u.id)
UNION ALL
SELECT h.id, h.properties FROM touched x JOIN kawasan._history h ON h.collection = $1 AND h.id = x.id AND h.entry = x.entry AND h.operation = 'unlocated') u
ORDER BY id COLLATE "C"`

// goBack makes the selection read an earlier version. Conflict when the history
// does not reach there, NotFound for a version that has not been yet.
func (r *selection) goBack(at geo.Version) error {
	now, t := r.collection.Version, r.statement.table
	refuse := func(code geo.Code, format string, args ...any) error {
		e := geo.Errorf(code, format, args...).In("version").Try("leave version out, for the data as they are now")
		e.Place.Collection = r.collection.ID
		return e
	}
	if at > now {
		return refuse(geo.NotFound, "the collection %q has no version %d yet; the newest is %d", r.collection.ID, at, now)
	}
	var rebuilt, lost, others, touched bool
	err := r.tx.QueryRow(r.ctx, reachSQL, r.collection.ID, int64(at), t.stored).Scan(&rebuilt, &lost, &others, &touched) // at most now, a count
	switch {
	case err != nil:
		return err
	case rebuilt || lost:
		return refuse(geo.Conflict, "the history of the collection %q does not reach back to version %d", r.collection.ID, at)
	case others:
		return refuse(geo.Conflict, "the columns of the collection %q have changed since version %d, so that version can't be read any more", r.collection.ID, at)
	}
	for _, c := range t.columns {
		if touched && (c.sqlType == "json" || c.sqlType == "hstore") { // kept as jsonb: json loses its text, and hstore does not come back
			return refuse(geo.Conflict, "the column %q of the collection %q is of type %s, whose values the history does not keep as they were written", c.property.Name, r.collection.ID, c.sqlType)
		}
	}
	copied := *r.collection
	copied.Version = at
	r.collection, r.earlier = &copied, true
	r.statement.from = t.earlier(r.statement.bind(r.collection.ID, "text"), r.statement.bind(int64(at), "int8")) // as above
	return nil
}

// earlier is the table at a version, as a relation. Both arguments are placeholders.
func (t *table) earlier(collection, version string) string {
	known := map[string]bool{t.key: true}
	now, then := []string{"t." + quote(t.key)}, []string{"r." + quote(t.key)}
	for _, c := range t.columns {
		name := quote(c.property.Name)
		known[c.property.Name] = true
		now, then = append(now, "t."+name), append(then, "r."+name)
	}
	if g := t.geometry; g.name != "" {
		kept := "h.geom"
		if g.isGeog {
			kept += "::geography"
		}
		now, then = append(now, "t."+quote(g.name)), append(then, kept+" AS "+quote(g.name))
	}
	properties := "h.properties"
	for _, name := range t.stored {
		if !known[name] { // not published, and perhaps of a type that does not come back from JSON
			properties += " - " + literal(name)
		}
	}
	return fmt.Sprintf(`(WITH `+touchedSQL+`
		SELECT %[3]s FROM %[4]s t WHERE NOT EXISTS (SELECT FROM touched x WHERE x.id = t.%[5]s::text)
		UNION ALL SELECT %[6]s FROM touched x JOIN kawasan._history h ON h.collection = %[1]s AND h.id = x.id AND h.entry = x.entry,
			LATERAL jsonb_populate_record(NULL::%[4]s, %[7]s) r)`,
		collection, version, strings.Join(now, ", "), t.relation, quote(t.key), strings.Join(then, ", "), properties)
}
