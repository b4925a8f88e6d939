-- Rows are compared by their bytes, so that a column whose type has no equality, such as
-- json, does not keep them from being updated.
CREATE OR REPLACE FUNCTION kawasan._on_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW *<> OLD THEN NEW.revision := OLD.revision + 1; END IF;
    RETURN NEW;
END $$;

---- create above / drop below ----

CREATE OR REPLACE FUNCTION kawasan._on_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN NEW.revision := OLD.revision + 1; END IF;
    RETURN NEW;
END $$;
