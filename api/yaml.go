package api

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// appendYAML writes a tree of JSON values as YAML 1.2 in block style. Texts are
// double-quoted, which in YAML means what it means in JSON.
func appendYAML(dst []byte, v any) []byte { return appendNode(dst, plainTree(v), 0) }

// plainTree turns structs and typed lists into maps, lists and scalars.
func plainTree(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var out any
	if json.Unmarshal(b, &out) != nil {
		return nil
	}
	return out
}

func appendNode(dst []byte, v any, depth int) []byte {
	indent := strings.Repeat("  ", depth)
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			dst = append(append(dst, indent...), strconv.Quote(name)...)
			dst = appendChild(append(dst, ':'), v[name], depth)
		}
	case []any:
		for _, item := range v {
			dst = append(append(dst, indent...), '-')
			dst = appendChild(dst, item, depth)
		}
	}
	return dst
}

// appendChild writes a scalar behind its name, or a branch below it.
func appendChild(dst []byte, v any, depth int) []byte {
	switch t := v.(type) {
	case map[string]any:
		if len(t) == 0 {
			return append(dst, " {}\n"...)
		}
		return appendNode(append(dst, '\n'), v, depth+1)
	case []any:
		if len(t) == 0 {
			return append(dst, " []\n"...)
		}
		return appendNode(append(dst, '\n'), v, depth+1)
	}
	b, err := encodeJSON(v)
	if err != nil {
		b = []byte("null")
	}
	return append(append(append(dst, ' '), b...), '\n')
}
