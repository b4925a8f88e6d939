-- A change must not slip past the log. What did: rows written to a partition by its own name; partitions attached and
-- detached; triggers disabled, dropped, or left behind by a rename, a restored dump or tables that change places; rows
-- of tables that inherit; sessions in the role of a replica. So it is noted how the triggers stood when they were made: as
-- long as they, the partitions and the name still stand so, no change can have been missed. Otherwise the table is not
-- taken to be followed until it is tracked anew, which counts as a change of everything.

CREATE TABLE kawasan._tracked (
    relation        oid PRIMARY KEY,
    key             text NOT NULL,
    geometry        text NOT NULL,
    stamp           text NOT NULL
);
COMMENT ON TABLE kawasan._tracked IS 'Tables whose changes are logged, with the columns that the triggers were made for and how they stood.';

-- _family gives a table with its partitions at every depth.
CREATE FUNCTION kawasan._family(relation_ oid) RETURNS SETOF oid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE f AS (SELECT relation_ AS oid UNION
        SELECT c.oid FROM f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition)
    SELECT oid FROM f
$$;

-- _trackable says whether triggers can see every change of a table: not what replication writes, which fires none of
-- them, nor what is written by another name to tables that inherit from each other; and not while somebody has disabled them.
CREATE FUNCTION kawasan._trackable(relation_ oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_subscription_rel s WHERE s.srrelid IN (SELECT kawasan._family(relation_)))
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
            WHERE NOT c.relispartition AND relation_ IN (i.inhparent, i.inhrelid))
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid IN (SELECT kawasan._family(relation_)) AND t.tgname LIKE 'kawasan\_%' AND t.tgenabled IN ('D', 'R'))
$$;

-- _stamp says how the triggers of a table stand; null if any is missing or can't see every change.
CREATE FUNCTION kawasan._stamp(relation_ oid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN pg_catalog.bool_and(n = 4) AND kawasan._trackable(relation_) THEN
        pg_catalog.md5(pg_catalog.concat_ws('|', (SELECT relname FROM pg_catalog.pg_class WHERE oid = relation_), pg_catalog.string_agg(member, ';' ORDER BY member))) END
    FROM (SELECT pg_catalog.count(*) FILTER (WHERE t.tgname IN ('kawasan_insert', 'kawasan_update', 'kawasan_delete', 'kawasan_truncate')) AS n,
            pg_catalog.concat_ws(',', f.oid, pg_catalog.string_agg(pg_catalog.concat_ws(' ', t.oid, t.xmin, t.tgenabled), ',' ORDER BY t.oid)) AS member
        FROM kawasan._family(relation_) AS f(oid) LEFT JOIN pg_catalog.pg_trigger t ON t.tgrelid = f.oid AND t.tgname LIKE 'kawasan\_%' GROUP BY f.oid) m
$$;

-- Arguments of the triggers: the key column, the geometry column or '', and the collection, where the table is only a part of it.
DROP FUNCTION kawasan._keep(bigint, text, text, text, text);
CREATE FUNCTION kawasan._keep(entry_ bigint, collection_ text, rows_ text, operation_ text, key_ text, geometry_ text) RETURNS text
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

CREATE OR REPLACE FUNCTION kawasan._on_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE ids_ text[];
BEGIN
    EXECUTE format('SELECT array_agg(%I::text) FROM new_rows', TG_ARGV[0]) INTO ids_;
    IF ids_ IS NOT NULL THEN PERFORM kawasan._append(coalesce(TG_ARGV[2], TG_TABLE_NAME), 'insert', ids_); END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION kawasan._on_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE ids_ text[]; entry_ bigint; collection_ text := coalesce(TG_ARGV[2], TG_TABLE_NAME);
BEGIN
    EXECUTE format('SELECT array_agg(k) FROM (SELECT %1$I::text AS k FROM old_rows UNION SELECT %1$I::text FROM new_rows) s', TG_ARGV[0]) INTO ids_;
    IF ids_ IS NOT NULL THEN
        entry_ := kawasan._append(collection_, 'update', ids_);
        EXECUTE kawasan._keep(entry_, collection_, 'old_rows', 'update', TG_ARGV[0], TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION kawasan._on_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE ids_ text[]; entry_ bigint; collection_ text := coalesce(TG_ARGV[2], TG_TABLE_NAME);
BEGIN
    EXECUTE format('SELECT array_agg(%I::text) FROM old_rows', TG_ARGV[0]) INTO ids_;
    IF ids_ IS NOT NULL THEN
        entry_ := kawasan._append(collection_, 'delete', ids_);
        EXECUTE kawasan._keep(entry_, collection_, 'old_rows', 'delete', TG_ARGV[0], TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$;

-- Of a table with partitions each of them tells of its own rows: to empty the whole fires the triggers of all.
CREATE OR REPLACE FUNCTION kawasan._on_truncate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE entry_ bigint; collection_ text := coalesce(TG_ARGV[2], TG_TABLE_NAME); rows_ text := format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME); empty_ boolean;
BEGIN
    IF (SELECT relkind = 'p' FROM pg_class WHERE oid = TG_RELID) THEN RETURN NULL; END IF;
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', rows_) INTO empty_;
    entry_ := kawasan._append(collection_, 'truncate', CASE WHEN empty_ THEN ARRAY[]::text[] END);
    EXECUTE kawasan._keep(entry_, collection_, rows_, 'truncate', TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
END $$;

-- _track puts the triggers on a table and its family; safe to call again. The owner of the tables calls it.
CREATE OR REPLACE FUNCTION kawasan._track(relation_ regclass, key_ text, geometry_ text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE member_ regclass; name_ text; arguments_ text;
BEGIN
    arguments_ := format('%L, %L, %L', key_, geometry_, (SELECT relname FROM pg_class WHERE oid = relation_));
    FOR member_ IN SELECT m FROM kawasan._family(relation_) m LOOP
        FOR name_ IN SELECT tgname FROM pg_trigger WHERE tgrelid = member_ AND tgname LIKE 'kawasan\_%' AND tgparentid = 0 LOOP
            EXECUTE format('DROP TRIGGER %I ON %s', name_, member_);
        END LOOP;
        EXECUTE format('CREATE TRIGGER kawasan_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_insert(%s)', member_, arguments_);
        EXECUTE format('CREATE TRIGGER kawasan_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_update(%s)', member_, arguments_);
        EXECUTE format('CREATE TRIGGER kawasan_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_delete(%s)', member_, arguments_);
        EXECUTE format('CREATE TRIGGER kawasan_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_truncate(%s)', member_, arguments_);
        IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = member_ AND attname = 'revision' AND NOT attisdropped AND atttypid IN ('bigint'::regtype, 'integer'::regtype))
            AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = member_ AND tgname = 'kawasan_revision') THEN -- of a partition, the table's own
            EXECUTE format('CREATE TRIGGER kawasan_revision BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION kawasan._on_revision()', member_);
        END IF;
        FOR name_ IN SELECT tgname FROM pg_trigger WHERE tgrelid = member_ AND tgname LIKE 'kawasan\_%' AND tgname <> 'kawasan_revision' LOOP
            BEGIN -- also in the role of a replica; by right only the owner's
                EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', member_, name_);
            EXCEPTION WHEN insufficient_privilege THEN NULL;
            END;
        END LOOP;
    END LOOP;
    PERFORM kawasan._note_tracked(relation_, key_, geometry_);
END $$;

-- _note_tracked writes down that a table is tracked as it stands: everything may have changed before.
CREATE FUNCTION kawasan._note_tracked(relation_ oid, key_ text, geometry_ text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE stamp_ text := kawasan._stamp(relation_);
BEGIN
    IF NOT (SELECT pg_has_role(session_user, relowner, 'USAGE') FROM pg_class WHERE oid = relation_ AND relnamespace = 'kawasan'::regnamespace) IS TRUE THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the owner of a table of the schema kawasan can have it tracked';
    END IF;
    DELETE FROM kawasan._tracked k WHERE k.relation = relation_ OR NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = k.relation);
    IF stamp_ IS NOT NULL THEN
        INSERT INTO kawasan._tracked VALUES (relation_, key_, geometry_, stamp_);
    END IF;
    PERFORM kawasan._append((SELECT relname FROM pg_class WHERE oid = relation_), 'structure', NULL);
END $$;

-- What runs with the rights of the schema's owner finds no functions, operators or types but ours, PostgreSQL's and
-- PostGIS's, whatever the search path of the session is.
DO $$
DECLARE function_ regprocedure;
BEGIN
    FOR function_ IN SELECT oid FROM pg_proc WHERE pronamespace = 'kawasan'::regnamespace AND prosecdef LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, kawasan, %I, pg_temp', function_,
            (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'));
    END LOOP;
END $$;

ALTER TABLE kawasan._change_log ENABLE ALWAYS TRIGGER kawasan_commit;
ALTER TABLE kawasan._change_log ENABLE ALWAYS TRIGGER kawasan_findings;
ALTER TABLE kawasan._unlocated ENABLE ALWAYS TRIGGER kawasan_insert;
ALTER TABLE kawasan._unlocated ENABLE ALWAYS TRIGGER kawasan_update;
ALTER TABLE kawasan._unlocated ENABLE ALWAYS TRIGGER kawasan_delete;
ALTER TABLE kawasan._unlocated ENABLE ALWAYS TRIGGER kawasan_truncate;

-- Tables that are tracked already stay so, with their history.
DO $$
DECLARE t record; name_ text;
BEGIN
    FOR t IN SELECT c.oid, string_to_array(encode(g.tgargs, 'escape'), '\000') AS arguments FROM pg_class c JOIN pg_trigger g ON g.tgrelid = c.oid AND g.tgname = 'kawasan_update'
        WHERE c.relnamespace = 'kawasan'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE '\_%' LOOP
        BEGIN
            FOREACH name_ IN ARRAY ARRAY['kawasan_insert', 'kawasan_update', 'kawasan_delete', 'kawasan_truncate'] LOOP
                EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', t.oid::regclass, name_);
            END LOOP;
        EXCEPTION WHEN insufficient_privilege OR undefined_object THEN NULL;
        END;
        INSERT INTO kawasan._tracked SELECT t.oid, t.arguments[1], t.arguments[2], kawasan._stamp(t.oid) WHERE kawasan._stamp(t.oid) IS NOT NULL;
    END LOOP;
END $$;
