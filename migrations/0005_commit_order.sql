-- Which entries a version stands for. The version of a collection is the number of its committed entries; in which order
-- they were committed is noted at the commit itself, one commit at a time, so that version N is the first N entries in
-- that order and can be read again later: the present rows, with those that later entries replaced put back.

ALTER TABLE kawasan._change_log ADD COLUMN committed bigint;
COMMENT ON COLUMN kawasan._change_log.committed IS 'Place in the order of commits; filled in as the transaction commits.';
UPDATE kawasan._change_log SET committed = entry;
CREATE INDEX ON kawasan._change_log (collection, committed, entry);

CREATE SEQUENCE kawasan._commit_order;
SELECT setval('kawasan._commit_order', coalesce((SELECT max(entry) FROM kawasan._change_log), 0) + 1);

-- Commits that announce a change wait for each other anyway (NOTIFY), so the lock costs nothing more.
CREATE FUNCTION kawasan._on_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('kawasan._change_log'::regclass::oid::bigint);
    UPDATE kawasan._change_log SET committed = nextval('kawasan._commit_order') WHERE entry = NEW.entry;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kawasan_commit AFTER INSERT ON kawasan._change_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kawasan._on_commit();

-- Rows without a position have their own operation, so that their ids are not taken for those of features, and a history.
ALTER TABLE kawasan._change_log DROP CONSTRAINT _change_log_operation_check;
ALTER TABLE kawasan._change_log ADD CONSTRAINT _change_log_operation_check
    CHECK (operation IN ('insert', 'update', 'delete', 'truncate', 'structure', 'unlocated'));
UPDATE kawasan._change_log l SET operation = 'unlocated'
    WHERE operation = 'update' AND NOT EXISTS (SELECT FROM kawasan._history h WHERE h.collection = l.collection AND h.entry = l.entry);

CREATE OR REPLACE FUNCTION kawasan._on_unlocated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE collection_ text; ids_ text[]; entry_ bigint;
        old_ text := CASE TG_OP WHEN 'TRUNCATE' THEN 'kawasan._unlocated' ELSE 'old_rows' END;
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE', 'TRUNCATE') THEN
        FOR collection_, ids_ IN EXECUTE format('SELECT collection, array_agg(id) FROM %s GROUP BY collection', old_) LOOP
            entry_ := kawasan._append(collection_, 'unlocated', ids_);
            EXECUTE format(
                'INSERT INTO kawasan._history (collection, id, entry, operation, replaced_at, replaced_by, reason, properties)
                 SELECT o.collection, o.id, l.entry, l.operation, l.changed_at, l.changed_by, l.reason, o.properties
                 FROM %s o JOIN kawasan._change_log l ON l.entry = $1 WHERE o.collection = l.collection', old_) USING entry_;
        END LOOP;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN -- of an update, those that moved to another id or collection
        FOR collection_, ids_ IN EXECUTE format('SELECT n.collection, array_agg(n.id) FROM new_rows n %s GROUP BY n.collection',
            CASE TG_OP WHEN 'UPDATE' THEN 'WHERE NOT EXISTS (SELECT FROM old_rows o WHERE (o.collection, o.id) = (n.collection, n.id))' ELSE '' END)
        LOOP
            PERFORM kawasan._append(collection_, 'unlocated', ids_);
        END LOOP;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER kawasan_insert ON kawasan._unlocated;
DROP TRIGGER kawasan_update ON kawasan._unlocated;
DROP TRIGGER kawasan_delete ON kawasan._unlocated;
CREATE TRIGGER kawasan_insert AFTER INSERT ON kawasan._unlocated REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_unlocated();
CREATE TRIGGER kawasan_update AFTER UPDATE ON kawasan._unlocated REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_unlocated();
CREATE TRIGGER kawasan_delete AFTER DELETE ON kawasan._unlocated REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_unlocated();
CREATE TRIGGER kawasan_truncate BEFORE TRUNCATE ON kawasan._unlocated FOR EACH STATEMENT EXECUTE FUNCTION kawasan._on_unlocated();

-- Emptying an empty table changes nothing, and says so: a truncate without history is one whose history was thrown away.
CREATE OR REPLACE FUNCTION kawasan._on_truncate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE entry_ bigint; relation_ text := format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME); empty_ boolean;
BEGIN
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', relation_) INTO empty_;
    entry_ := kawasan._append(TG_TABLE_NAME, 'truncate', CASE WHEN empty_ THEN ARRAY[]::text[] END);
    EXECUTE kawasan._keep(entry_, TG_TABLE_NAME || '|' || relation_, 'truncate', TG_ARGV[0], TG_ARGV[1]);
    RETURN NULL;
END $$;

---- create above / drop below ----

DROP TRIGGER kawasan_truncate ON kawasan._unlocated;
DROP FUNCTION kawasan._on_commit() CASCADE;
DROP SEQUENCE kawasan._commit_order;
DROP INDEX kawasan._change_log_collection_committed_entry_idx;
ALTER TABLE kawasan._change_log DROP COLUMN committed;
