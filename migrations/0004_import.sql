-- Where loaded data come from: one row for each import that was kept, with the original file's hash and what was found in it.

CREATE TABLE kawasan._import (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    collection      text NOT NULL,
    mode            text NOT NULL CHECK (mode IN ('new', 'append', 'upsert', 'replace')),
    imported_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    imported_by     text NOT NULL,
    file_name       text NOT NULL,
    file_sha256     text NOT NULL,
    file_bytes      bigint NOT NULL,
    format          text NOT NULL,
    layer           text NOT NULL,
    crs             text NOT NULL,
    crs_text        text NOT NULL,
    program         text NOT NULL,
    features_read   bigint NOT NULL,
    inserted        bigint NOT NULL,
    updated         bigint NOT NULL,
    unchanged       bigint NOT NULL,
    deleted         bigint NOT NULL,
    errors          bigint NOT NULL,
    warnings        bigint NOT NULL,
    columns         jsonb NOT NULL,
    report          jsonb
);
CREATE INDEX ON kawasan._import (collection, id);
COMMENT ON TABLE kawasan._import IS 'One row for each load of a file. The change log names it as the reason of the changes: import N.';
COMMENT ON COLUMN kawasan._import.file_sha256 IS 'SHA-256 of the file as it came; of a folder or several files: of each, behind its name and size';
COMMENT ON COLUMN kawasan._import.crs IS 'The system from which positions were converted to WGS84, once';
COMMENT ON COLUMN kawasan._import.crs_text IS 'What the file says of its system; empty when it was given by hand or the format fixes it';
COMMENT ON COLUMN kawasan._import.columns IS 'The property that each column of the file became';

---- create above / drop below ----

DROP TABLE kawasan._import;
