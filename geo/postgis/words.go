package postgis

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"kawasan/geo"
)

// maxWords bounds the values of an attribute that have words.
const maxWords = 1000

// wordsOf takes the words for values off the description of an attribute, in both
// languages: the lines at its end that read
//
//	kek = special economic zone
//
// It gives nil if there are none.
func wordsOf(said geo.Text) (words map[string]geo.Text, rest geo.Text) {
	var en, id map[string]string
	en, rest.EN = glossary(said.EN)
	id, rest.ID = glossary(said.ID)
	if len(en)+len(id) == 0 {
		return nil, said
	}
	words = make(map[string]geo.Text, max(len(en), len(id)))
	for value, word := range en {
		words[value] = geo.Text{EN: word, ID: id[value]}
	}
	for value, word := range id {
		words[value] = geo.Text{EN: en[value], ID: word}
	}
	return words, rest
}

// glossary takes the lines "value = words" off the end of a text.
func glossary(text string) (words map[string]string, rest string) {
	lines := strings.Split(text, "\n")
	for len(lines) > 0 && len(words) < maxWords {
		last := lines[len(lines)-1]
		value, word, ok := strings.Cut(last, " = ")
		value, word = strings.TrimSpace(value), strings.TrimSpace(word)
		if !ok || value == "" || word == "" {
			break
		}
		if words == nil {
			words = map[string]string{}
		}
		words[value] = word
		lines = lines[:len(lines)-1]
	}
	if words == nil {
		return nil, text
	}
	return words, strings.TrimSpace(strings.Join(lines, "\n"))
}

// storedWords reads the words of an attribute as they are stored; what isn't
// wording is left out.
func storedWords(stored string) map[string]geo.Text {
	var texts map[string]json.RawMessage
	if stored == "" || json.Unmarshal([]byte(stored), &texts) != nil {
		return nil
	}
	words := make(map[string]geo.Text, len(texts))
	for value, raw := range texts {
		var t geo.Text
		if json.Unmarshal(raw, &t) != nil && json.Unmarshal(raw, &t.EN) != nil || t.In("en") == "" {
			continue
		}
		words[value] = t
	}
	return words
}

// encodedWords is what is stored of words; nil for none.
func encodedWords(words map[string]geo.Text) (*string, error) {
	if len(words) == 0 {
		return nil, nil //nolint:nilnil // null in the database
	}
	raw, err := json.Marshal(words)
	if err != nil {
		return nil, fmt.Errorf("encode words: %w", err)
	}
	text := string(raw)
	return &text, nil
}

// addWords gives values that have no words yet the shipped ones; words that are there stay
// as they are.
func addWords(ctx context.Context, tx pgx.Tx, c *geo.Collection) error {
	for _, p := range c.Properties {
		words, err := encodedWords(p.Words)
		if err != nil {
			return err
		}
		if words == nil {
			continue
		}
		if _, err := tx.Exec(ctx, `UPDATE kawasan._property SET words = $3::jsonb || coalesce(words, '{}')
			WHERE collection = $1 AND name = $2 AND NOT coalesce(words, '{}') ?& (SELECT array_agg(value) FROM jsonb_object_keys($3::jsonb) AS value)`, c.ID, p.Name, *words); err != nil {
			return fmt.Errorf("add words of %s.%s: %w", c.ID, p.Name, err)
		}
	}
	return nil
}
