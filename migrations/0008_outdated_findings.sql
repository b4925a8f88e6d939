-- A finding says something of a feature as it was when it was judged. Once the feature, or the other one that the finding
-- names, is changed or gone, by whatever hand, it says nothing any more and goes in the same transaction.

CREATE INDEX ON kawasan.quality_issues (other);

CREATE FUNCTION kawasan._on_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM kawasan.quality_issues q WHERE q.collection = NEW.collection AND (NEW.ids IS NULL OR q.feature = ANY (NEW.ids));
    DELETE FROM kawasan.quality_issues q WHERE CASE WHEN NEW.ids IS NULL THEN starts_with(q.other, NEW.collection || '/')
        ELSE q.other IN (SELECT NEW.collection || '/' || i FROM unnest(NEW.ids) i) END;
    RETURN NULL;
END $$;
CREATE TRIGGER kawasan_findings AFTER INSERT ON kawasan._change_log FOR EACH ROW
    WHEN (NEW.operation IN ('update', 'delete', 'truncate') AND NEW.collection <> 'quality_issues')
    EXECUTE FUNCTION kawasan._on_change();

-- Features that an import found as they were are judged anew nevertheless: what is found takes the place of what was.
CREATE OR REPLACE FUNCTION kawasan._on_import() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM kawasan.quality_issues q WHERE q.collection = NEW.collection AND q.feature IN (
        SELECT i->>'feature' FROM jsonb_array_elements(NEW.report->'groups') AS g, jsonb_array_elements(g->'issues') AS i);
    PERFORM kawasan._keep_quality(NEW.collection, NEW.id, NEW.mode IN ('new', 'replace'), NEW.report);
    RETURN NULL;
END $$;

---- create above / drop below ----

DROP FUNCTION kawasan._on_change() CASCADE;
DROP INDEX kawasan.quality_issues_other_idx;
CREATE OR REPLACE FUNCTION kawasan._on_import() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM kawasan._keep_quality(NEW.collection, NEW.id, NEW.mode IN ('new', 'replace'), NEW.report);
    RETURN NULL;
END $$;
