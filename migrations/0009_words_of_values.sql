-- What the values of an attribute are called, for people: {"kek": {"en": "special economic zone", "id": "kawasan ekonomi khusus"}}.
-- Whoever makes a table says the same in the comment of the column, one line a value: kek = special economic zone.

ALTER TABLE kawasan._property ADD COLUMN words jsonb CHECK (jsonb_typeof(words) = 'object');
COMMENT ON COLUMN kawasan._property.words IS 'Words for values that are codes, by value: {"kek": {"en": "special economic zone", "id": "kawasan ekonomi khusus"}}';

---- create above / drop below ----

ALTER TABLE kawasan._property DROP COLUMN words;
