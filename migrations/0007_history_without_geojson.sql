-- History keeps the geometry as it is, so it is not made GeoJSON on the way: that
-- cost most of the time of a change, and failed for coordinates that are no
-- numbers, so that a row with one could be neither mended nor deleted.
CREATE OR REPLACE FUNCTION kawasan._keep(entry_ bigint, relation_ text, operation_ text, key_ text, geometry_ text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        'INSERT INTO kawasan._history (collection, id, entry, operation, replaced_at, replaced_by, reason, properties, geom)
         SELECT %L, o.%I::text, %s, %L, l.changed_at, l.changed_by, l.reason, to_jsonb((SELECT x FROM (SELECT %s) x)), %s
         FROM %s o, kawasan._change_log l WHERE l.entry = %s',
        split_part(relation_, '|', 1), key_, entry_, operation_,
        (SELECT string_agg(format('o.%I', a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = to_regclass(format('kawasan.%I', split_part(relation_, '|', 1))) AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> geometry_),
        CASE geometry_ WHEN '' THEN 'NULL' ELSE format('o.%I::geometry', geometry_) END,
        split_part(relation_, '|', 2), entry_)
$$;

---- create above / drop below ----

CREATE OR REPLACE FUNCTION kawasan._keep(entry_ bigint, relation_ text, operation_ text, key_ text, geometry_ text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT format(
        'INSERT INTO kawasan._history (collection, id, entry, operation, replaced_at, replaced_by, reason, properties, geom)
         SELECT %L, o.%I::text, %s, %L, l.changed_at, l.changed_by, l.reason, to_jsonb(o) %s, %s
         FROM %s o, kawasan._change_log l WHERE l.entry = %s',
        split_part(relation_, '|', 1), key_, entry_, operation_,
        CASE geometry_ WHEN '' THEN '' ELSE format('- %L', geometry_) END,
        CASE geometry_ WHEN '' THEN 'NULL' ELSE format('o.%I::geometry', geometry_) END,
        split_part(relation_, '|', 2), entry_)
$$;
