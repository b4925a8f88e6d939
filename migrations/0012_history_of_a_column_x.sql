-- A table with a column x had the value of that column alone kept in its history, and
-- where it was null the change failed: the name of a row was taken for that of the column.
CREATE OR REPLACE FUNCTION kawasan._keep(entry_ bigint, collection_ text, rows_ text, operation_ text, key_ text, geometry_ text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'INSERT INTO kawasan._history (collection, id, entry, operation, replaced_at, replaced_by, reason, properties, geom)
         SELECT %L, o.%I::text, %s, %L, l.changed_at, l.changed_by, l.reason, (SELECT to_jsonb(x.*) FROM (SELECT %s) x), %s
         FROM %s o, kawasan._change_log l WHERE l.entry = %s',
        collection_, key_, entry_, operation_,
        (SELECT string_agg(format('o.%I', a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = to_regclass(format('kawasan.%I', collection_)) AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> geometry_),
        CASE geometry_ WHEN '' THEN 'NULL' ELSE format('o.%I::geometry', geometry_) END,
        rows_, entry_)
$$;

---- create above / drop below ----

CREATE OR REPLACE FUNCTION kawasan._keep(entry_ bigint, collection_ text, rows_ text, operation_ text, key_ text, geometry_ text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'INSERT INTO kawasan._history (collection, id, entry, operation, replaced_at, replaced_by, reason, properties, geom)
         SELECT %L, o.%I::text, %s, %L, l.changed_at, l.changed_by, l.reason, to_jsonb((SELECT x FROM (SELECT %s) x)), %s
         FROM %s o, kawasan._change_log l WHERE l.entry = %s',
        collection_, key_, entry_, operation_,
        (SELECT string_agg(format('o.%I', a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = to_regclass(format('kawasan.%I', collection_)) AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> geometry_),
        CASE geometry_ WHEN '' THEN 'NULL' ELSE format('o.%I::geometry', geometry_) END,
        rows_, entry_)
$$;
