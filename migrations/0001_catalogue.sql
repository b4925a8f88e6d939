-- What is published, and in which words. A table or view in this schema is a collection if it has
-- a single-column key and (usually) a geometry; names that begin with an underscore are ours and never published.

CREATE TABLE kawasan._collection (
    id              text PRIMARY KEY CHECK (id ~ '^[^_./][^./]*$'),
    title_en        text,
    title_id        text,
    description_en  text,
    description_id  text,
    keywords        text[] NOT NULL DEFAULT '{}',
    licence         text,
    attribution     text,
    time_start      text,
    time_end        text,
    published       boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE kawasan._collection IS 'Titles, licence and time properties of collections. A table without a row here is published all the same, under its own name and comment.';
COMMENT ON COLUMN kawasan._collection.time_start IS 'Property in which the time of a feature begins; the same as time_end for instants';

CREATE TABLE kawasan._property (
    collection      text NOT NULL,
    name            text NOT NULL,
    title_en        text,
    title_id        text,
    description_en  text,
    description_id  text,
    unit            text,
    allowed         text[],
    PRIMARY KEY (collection, name)
);
COMMENT ON TABLE kawasan._property IS 'Titles, units and allowed values of attributes.';

CREATE TABLE kawasan._unlocated (
    collection      text NOT NULL,
    id              text NOT NULL,
    properties      jsonb NOT NULL,
    PRIMARY KEY (collection, id)
);
COMMENT ON TABLE kawasan._unlocated IS 'Known objects without a known position: never placed on a map, named by every proximity answer they might have belonged to.';

CREATE TABLE kawasan._shipped (
    collection      text NOT NULL,
    id              text NOT NULL,
    content_hash    text NOT NULL,
    revision        bigint NOT NULL,
    PRIMARY KEY (collection, id)
);
COMMENT ON TABLE kawasan._shipped IS 'Rows that came with the program: the hash of what was loaded and the revision the row had then. A row whose revision has moved on was edited and is left alone.';

---- create above / drop below ----

DROP TABLE kawasan._shipped, kawasan._unlocated, kawasan._property, kawasan._collection;
