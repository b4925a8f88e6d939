-- Three roles: who reads, who writes features, who migrates (the owner of the schema). One database user may be all three.

CREATE FUNCTION kawasan.grant_reader(role_ name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA kawasan TO %I', role_);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA kawasan TO %I', role_);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA kawasan GRANT SELECT ON TABLES TO %I', role_);
END $$;
COMMENT ON FUNCTION kawasan.grant_reader(name) IS 'Lets a database user read all collections, those to come included.';

CREATE FUNCTION kawasan.grant_writer(role_ name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE table_ name;
BEGIN
    PERFORM kawasan.grant_reader(role_);
    FOR table_ IN SELECT relname FROM pg_class WHERE relnamespace = 'kawasan'::regnamespace AND relkind IN ('r', 'p') AND relname NOT LIKE '\_%' LOOP
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON kawasan.%I TO %I', table_, role_);
    END LOOP;
END $$;
COMMENT ON FUNCTION kawasan.grant_writer(name) IS 'Lets a database user read everything and change the features of the collections that exist now. The log and the history are written for it by triggers.';

---- create above / drop below ----

DROP FUNCTION kawasan.grant_writer(name), kawasan.grant_reader(name);
