package geodata

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Hash tells the content of a feature: its id, geometry and attributes, whatever
// the order of the attributes, the white space and the spelling of numbers. It is
// the SHA-256 of the content as JSON with sorted keys, in lower-case hexadecimal.
// A loader compares it with the hash of the row it loaded before, to see whether
// the shipped row changed. The error is that of JSON that can't be read, which
// features from Collections do not hold.
func (f Feature) Hash() (string, error) {
	return hash(f.ID, f.Geometry, f.Properties)
}

// Hash tells the content of a row; see [Feature.Hash].
func (r Row) Hash() (string, error) {
	return hash(r.ID, json.RawMessage("null"), r.Properties)
}

func hash(id string, geometry json.RawMessage, properties map[string]json.RawMessage) (string, error) {
	var place any
	if err := json.Unmarshal(geometry, &place); err != nil {
		return "", fmt.Errorf("hash %s: geometry: %w", id, err)
	}
	values := make(map[string]any, len(properties))
	for name, raw := range properties {
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			return "", fmt.Errorf("hash %s: %s: %w", id, name, err)
		}
		values[name] = v
	}
	// Marshal sorts the keys of maps and writes each float64 in its shortest form.
	content, err := json.Marshal(map[string]any{"id": id, "geometry": place, "properties": values})
	if err != nil {
		return "", fmt.Errorf("hash %s: %w", id, err)
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}
