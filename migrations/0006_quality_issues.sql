-- What the rules of quality found, as a collection: written when an import is recorded, and by 'kawasan quality --store'.

CREATE TABLE kawasan.quality_issues (
    id              text COLLATE "C" PRIMARY KEY CHECK (id <> '' AND id !~ '[./]'),
    rule            text COLLATE "C" NOT NULL,
    severity        text COLLATE "C" NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
    title           text COLLATE "C" NOT NULL,
    title_id        text COLLATE "C" NOT NULL,
    collection      text COLLATE "C" NOT NULL,
    feature         text COLLATE "C",
    name            text COLLATE "C",
    message         text COLLATE "C" NOT NULL,
    message_id      text COLLATE "C" NOT NULL,
    remedy          text COLLATE "C" NOT NULL,
    remedy_id       text COLLATE "C" NOT NULL,
    property        text COLLATE "C",
    part            bigint,
    ring            bigint,
    vertex          bigint,
    other           text COLLATE "C",
    area_m2         double precision,
    import          bigint,
    source_row      bigint,
    judged_at       timestamptz NOT NULL,
    revision        bigint NOT NULL DEFAULT 1,
    geom            geometry(Point, 4326)
);
CREATE INDEX ON kawasan.quality_issues USING gist (geom);
CREATE INDEX ON kawasan.quality_issues (collection, feature);
COMMENT ON TABLE kawasan.quality_issues IS 'What the rules of quality found in the features of the collections.';

INSERT INTO kawasan._collection (id, title_en, title_id, description_en, description_id, keywords) VALUES
    ('quality_issues', 'Quality issues', 'Temuan mutu',
     'What the rules of quality found in the features of the collections when they were imported or last judged, with the place, what it means and what to do about it. Of each rule the first findings of a load.',
     'Temuan aturan mutu pada fitur koleksi ketika diimpor atau terakhir dinilai, beserta tempatnya, artinya, dan yang perlu dilakukan. Dari tiap aturan hanya temuan pertama dalam satu pemuatan.',
     ARRAY['quality', 'validation', 'mutu']);

INSERT INTO kawasan._property (collection, name, title_en, title_id, description_en, description_id, unit, allowed) VALUES
    ('quality_issues', 'rule', 'Rule', 'Aturan', 'Name of the rule; all rules are described in docs/quality.md.', 'Nama aturan; semua aturan dijelaskan di docs/quality.md.', NULL, NULL),
    ('quality_issues', 'severity', 'Severity', 'Tingkat', 'error blocks a load, warning does not, note is for information.', 'error menghalangi pemuatan, warning tidak, note hanya keterangan.', NULL, ARRAY['error', 'warning', 'note']),
    ('quality_issues', 'title', 'Title', 'Judul (Inggris)', 'The rule in a few words.', 'Aturan dalam beberapa kata, bahasa Inggris.', NULL, NULL),
    ('quality_issues', 'title_id', 'Title in Indonesian', 'Judul', 'The rule in a few words, in Indonesian.', 'Aturan dalam beberapa kata.', NULL, NULL),
    ('quality_issues', 'collection', 'Collection', 'Koleksi', 'Collection of the feature.', 'Koleksi tempat fitur itu.', NULL, NULL),
    ('quality_issues', 'feature', 'Feature', 'Fitur', 'Id of the feature; empty if the finding is about the whole collection.', 'Id fitur; kosong bila temuan tentang seluruh koleksi.', NULL, NULL),
    ('quality_issues', 'name', 'Name', 'Nama', 'Name of the feature.', 'Nama fitur.', NULL, NULL),
    ('quality_issues', 'message', 'Message', 'Pesan (Inggris)', 'What was found.', 'Temuannya, bahasa Inggris.', NULL, NULL),
    ('quality_issues', 'message_id', 'Message in Indonesian', 'Pesan', 'What was found, in Indonesian.', 'Temuannya.', NULL, NULL),
    ('quality_issues', 'remedy', 'Remedy', 'Tindakan (Inggris)', 'What to do about it.', 'Yang perlu dilakukan, bahasa Inggris.', NULL, NULL),
    ('quality_issues', 'remedy_id', 'Remedy in Indonesian', 'Tindakan', 'What to do about it, in Indonesian.', 'Yang perlu dilakukan.', NULL, NULL),
    ('quality_issues', 'property', 'Attribute', 'Atribut', 'The attribute concerned.', 'Atribut yang bersangkutan.', NULL, NULL),
    ('quality_issues', 'part', 'Part', 'Bagian', 'Number of the part of the geometry, from 1.', 'Nomor bagian geometri, mulai dari 1.', NULL, NULL),
    ('quality_issues', 'ring', 'Ring', 'Cincin', 'Number of the ring in its part; 1 is the shell.', 'Nomor cincin dalam bagiannya; 1 adalah batas luar.', NULL, NULL),
    ('quality_issues', 'vertex', 'Vertex', 'Titik', 'Number of the vertex in its ring, from 1.', 'Nomor titik dalam cincinnya, mulai dari 1.', NULL, NULL),
    ('quality_issues', 'other', 'Other feature', 'Fitur lain', 'The other feature concerned, as collection/id.', 'Fitur lain yang bersangkutan, sebagai koleksi/id.', NULL, NULL),
    ('quality_issues', 'area_m2', 'Area', 'Luas', 'Area of the overlap, gap or sliver, or the computed area.', 'Luas tumpang tindih, celah, atau serpihan, atau luas hitungan.', 'm2', NULL),
    ('quality_issues', 'import', 'Import', 'Impor', 'Number of the import in which it was found; empty if what was stored was judged.', 'Nomor impor tempat temuan itu; kosong bila yang dinilai data tersimpan.', NULL, NULL),
    ('quality_issues', 'source_row', 'Row', 'Baris', 'Number of the feature in its file.', 'Nomor fitur dalam berkasnya.', NULL, NULL),
    ('quality_issues', 'judged_at', 'Judged at', 'Waktu penilaian', 'When the feature was judged.', 'Kapan fitur dinilai.', NULL, NULL);

SELECT kawasan._track('kawasan.quality_issues'::regclass, 'id', 'geom');

-- _keep_quality makes the findings of a report those of its collection. With an import the rest of the collection keeps
-- its findings, unless the import replaced all; what the import changed loses them.
CREATE FUNCTION kawasan._keep_quality(collection_ text, import_ bigint, whole_ boolean, report_ jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE stored_ bigint;
BEGIN
    DELETE FROM kawasan.quality_issues q WHERE q.collection = collection_ AND (whole_ OR q.feature IS NULL OR q.feature IN (
        SELECT unnest(l.ids) FROM kawasan._change_log l WHERE l.collection = collection_ AND l.transaction = pg_current_xact_id()));
    INSERT INTO kawasan.quality_issues (id, rule, severity, title, title_id, collection, feature, name, message, message_id, remedy, remedy_id,
        property, part, ring, vertex, other, area_m2, import, source_row, judged_at, geom)
    SELECT collection_ || '-' || coalesce(import_::text, 'j') || '-' || lpad((row_number() OVER (ORDER BY g.n, i.n))::text, 5, '0'),
        i.v->>'rule', i.v->>'severity', g.v->'title'->>'en', coalesce(g.v->'title'->>'id', g.v->'title'->>'en'), collection_,
        i.v->>'feature', i.v->>'name', i.v->'message'->>'en', coalesce(i.v->'message'->>'id', i.v->'message'->>'en'),
        i.v->'remedy'->>'en', coalesce(i.v->'remedy'->>'id', i.v->'remedy'->>'en'),
        i.v->>'property', (i.v->'place'->>'part')::bigint, (i.v->'place'->>'ring')::bigint, (i.v->'place'->>'vertex')::bigint,
        i.v->>'other', (i.v->>'area_m2')::double precision, import_, (i.v->>'row')::bigint, transaction_timestamp(),
        CASE WHEN i.v->'place'->'position' IS NOT NULL THEN ST_SetSRID(ST_MakePoint((i.v->'place'->'position'->>0)::double precision, (i.v->'place'->'position'->>1)::double precision), 4326) END
    FROM jsonb_array_elements(report_->'groups') WITH ORDINALITY AS g(v, n), jsonb_array_elements(g.v->'issues') WITH ORDINALITY AS i(v, n);
    GET DIAGNOSTICS stored_ = ROW_COUNT;
    RETURN stored_;
END $$;

CREATE FUNCTION kawasan._on_import() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM kawasan._keep_quality(NEW.collection, NEW.id, NEW.mode IN ('new', 'replace'), NEW.report);
    RETURN NULL;
END $$;
CREATE TRIGGER kawasan_quality AFTER UPDATE OF report ON kawasan._import FOR EACH ROW WHEN (NEW.report IS NOT NULL) EXECUTE FUNCTION kawasan._on_import();

---- create above / drop below ----

DROP TRIGGER kawasan_quality ON kawasan._import;
DROP FUNCTION kawasan._on_import(), kawasan._keep_quality(text, bigint, boolean, jsonb);
DELETE FROM kawasan._property WHERE collection = 'quality_issues';
DELETE FROM kawasan._collection WHERE id = 'quality_issues';
DROP TABLE kawasan.quality_issues;
