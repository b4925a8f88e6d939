-- Every change, by whatever hand, is caught by statement triggers in the writing transaction. The version of a
-- collection is the number of its committed entries: the set of committed entries only grows, so equal numbers are equal
-- data, and writers that commit out of order are both counted.

CREATE TABLE kawasan._change_log (
    entry           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    collection      text NOT NULL,
    operation       text NOT NULL CHECK (operation IN ('insert', 'update', 'delete', 'truncate', 'structure')),
    ids             text[],
    transaction     xid8 NOT NULL DEFAULT pg_current_xact_id(),
    changed_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by      text NOT NULL,
    reason          text
);
CREATE INDEX ON kawasan._change_log (collection, transaction);
CREATE INDEX ON kawasan._change_log (transaction);
COMMENT ON TABLE kawasan._change_log IS 'One entry for each statement that changed a collection. ids is null when everything may have changed.';

CREATE TABLE kawasan._history (
    collection      text NOT NULL,
    id              text NOT NULL,
    entry           bigint NOT NULL,
    operation       text NOT NULL,
    transaction     xid8 NOT NULL DEFAULT pg_current_xact_id(),
    replaced_at     timestamptz NOT NULL,
    replaced_by     text NOT NULL,
    reason          text,
    properties      jsonb NOT NULL,
    geom            geometry,
    PRIMARY KEY (collection, id, entry)
);
CREATE INDEX ON kawasan._history (collection, entry);
COMMENT ON TABLE kawasan._history IS 'Each row as it was before the change that the entry names.';

-- Who writes and why: the server sets kawasan.principal and kawasan.reason for its transactions; by hand it is the database user.
CREATE FUNCTION kawasan._principal() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('kawasan.principal', true), ''), session_user::text) $$;

CREATE FUNCTION kawasan._append(collection_ text, operation_ text, ids_ text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE entry_ bigint;
BEGIN
    INSERT INTO kawasan._change_log (collection, operation, ids, changed_by, reason)
    VALUES (collection_, operation_, ids_, kawasan._principal(), nullif(current_setting('kawasan.reason', true), ''))
    RETURNING entry INTO entry_;
    PERFORM pg_notify('kawasan_change', collection_);
    RETURN entry_;
END $$;

-- Arguments of the triggers: the key column, and the geometry column or ''.
CREATE FUNCTION kawasan._keep(entry_ bigint, relation_ text, operation_ text, key_ text, geometry_ text) RETURNS text
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

CREATE FUNCTION kawasan._on_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE ids_ text[];
BEGIN
    EXECUTE format('SELECT array_agg(%I::text) FROM new_rows', TG_ARGV[0]) INTO ids_;
    IF ids_ IS NOT NULL THEN PERFORM kawasan._append(TG_TABLE_NAME, 'insert', ids_); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION kawasan._on_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE ids_ text[]; entry_ bigint;
BEGIN
    EXECUTE format('SELECT array_agg(k) FROM (SELECT %1$I::text AS k FROM old_rows UNION SELECT %1$I::text FROM new_rows) s', TG_ARGV[0]) INTO ids_;
    IF ids_ IS NOT NULL THEN
        entry_ := kawasan._append(TG_TABLE_NAME, 'update', ids_);
        EXECUTE kawasan._keep(entry_, TG_TABLE_NAME || '|old_rows', 'update', TG_ARGV[0], TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION kawasan._on_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE ids_ text[]; entry_ bigint;
BEGIN
    EXECUTE format('SELECT array_agg(%I::text) FROM old_rows', TG_ARGV[0]) INTO ids_;
    IF ids_ IS NOT NULL THEN
        entry_ := kawasan._append(TG_TABLE_NAME, 'delete', ids_);
        EXECUTE kawasan._keep(entry_, TG_TABLE_NAME || '|old_rows', 'delete', TG_ARGV[0], TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION kawasan._on_truncate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE entry_ bigint;
BEGIN
    entry_ := kawasan._append(TG_TABLE_NAME, 'truncate', NULL);
    EXECUTE kawasan._keep(entry_, TG_TABLE_NAME || '|' || format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME), 'truncate', TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
END $$;

CREATE FUNCTION kawasan._on_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN NEW.revision := OLD.revision + 1; END IF;
    RETURN NEW;
END $$;

-- _track puts the triggers on a table; safe to call again. The owner of the table (or who has the TRIGGER right) calls it.
CREATE FUNCTION kawasan._track(relation_ regclass, key_ text, geometry_ text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name_ text; has_revision_ boolean;
BEGIN
    FOR name_ IN SELECT tgname FROM pg_trigger WHERE tgrelid = relation_ AND tgname LIKE 'kawasan\_%' LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', name_, relation_);
    END LOOP;
    EXECUTE format('CREATE TRIGGER kawasan_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_insert(%L, %L)', relation_, key_, geometry_);
    EXECUTE format('CREATE TRIGGER kawasan_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_update(%L, %L)', relation_, key_, geometry_);
    EXECUTE format('CREATE TRIGGER kawasan_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_delete(%L, %L)', relation_, key_, geometry_);
    EXECUTE format('CREATE TRIGGER kawasan_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_truncate(%L, %L)', relation_, key_, geometry_);
    SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation_ AND attname = 'revision' AND NOT attisdropped AND atttypid IN ('bigint'::regtype, 'integer'::regtype)) INTO has_revision_;
    IF has_revision_ THEN
        EXECUTE format('CREATE TRIGGER kawasan_revision BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION kawasan._on_revision()', relation_);
    END IF;
    PERFORM kawasan._append((SELECT relname FROM pg_class WHERE oid = relation_), 'structure', NULL);
END $$;

-- Unlocated rows belong to the data of their collection: a change to them is a change of its version.
CREATE FUNCTION kawasan._on_unlocated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM kawasan._append(c, 'update', ids) FROM (SELECT collection AS c, array_agg(id) AS ids FROM changed_rows GROUP BY collection) s;
    RETURN NULL;
END $$;
CREATE TRIGGER kawasan_insert AFTER INSERT ON kawasan._unlocated REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_unlocated();
CREATE TRIGGER kawasan_update AFTER UPDATE ON kawasan._unlocated REFERENCING NEW TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_unlocated();
CREATE TRIGGER kawasan_delete AFTER DELETE ON kawasan._unlocated REFERENCING OLD TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_unlocated();

---- create above / drop below ----

DROP FUNCTION kawasan._on_unlocated(), kawasan._track(regclass, text, text), kawasan._on_revision(), kawasan._on_truncate(), kawasan._on_delete(), kawasan._on_update(), kawasan._on_insert(), kawasan._keep(bigint, text, text, text, text), kawasan._append(text, text, text[]), kawasan._principal() CASCADE;
DROP TABLE kawasan._history, kawasan._change_log;
