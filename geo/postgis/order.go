package postgis

import (
	"slices"
	"strconv"
	"strings"
)

// orderKey is one part of the order: an expression, its type and its direction.
type orderKey struct {
	expression string
	sqlType    string
	descending bool
	value      any // of the cursor
	isKey      bool
}

func (s *statement) orderKeys() []orderKey {
	var keys []orderKey
	for n, k := range s.query.SortBy {
		i, _ := s.table.collection.PropertyIndex(k.Property)
		col := s.table.columns[i]
		key := orderKey{expression: col.orderExpression(), sqlType: castType(col.property.Type), descending: k.Descending}
		if a := s.query.After; a != nil && n < len(a.Values) {
			if key.value = a.Values[n]; key.value != nil {
				key.value = forCopy(key.value) // the text of a day before the year 0 is none that PostgreSQL reads
			}
		}
		keys = append(keys, key)
	}
	last := orderKey{expression: s.table.keyExpression(), sqlType: s.table.keyType, isKey: true}
	if a := s.query.After; a != nil {
		last.value = a.ID
		if s.table.keyType == "int8" {
			n, _ := strconv.ParseInt(a.ID, 10, 64)
			last.value = n
		}
	}
	return append(keys, last)
}

// order is the ORDER BY clause: nulls last, or first when read backward.
func (s *statement) order(keys []orderKey) string {
	var parts []string
	for _, k := range keys {
		direction := "ASC"
		if k.descending != s.query.Backward {
			direction = "DESC"
		}
		part := k.expression + " " + direction
		if !k.isKey {
			if s.query.Backward {
				part += " NULLS FIRST"
			} else {
				part += " NULLS LAST"
			}
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// after is the condition that a row lies behind the cursor in the order (or before it, read backward).
func (s *statement) after(keys []orderKey) string {
	var alternatives []string
	var equal []string
	for _, k := range keys {
		if beyond := s.beyond(k); beyond != "" {
			alternatives = append(alternatives, "("+strings.Join(append(slices.Clone(equal), beyond), " AND ")+")")
		}
		if k.isKey {
			break
		}
		if k.value == nil {
			equal = append(equal, k.expression+" IS NULL")
		} else {
			equal = append(equal, k.expression+" = "+s.bind(k.value, k.sqlType))
		}
	}
	return "(" + strings.Join(alternatives, " OR ") + ")"
}

// beyond is the condition that a row lies strictly behind the cursor by one key; "" if none can.
func (s *statement) beyond(k orderKey) string {
	sign := ">"
	if k.descending != s.query.Backward {
		sign = "<"
	}
	switch {
	case k.value == nil && s.query.Backward:
		return k.expression + " IS NOT NULL"
	case k.value == nil:
		return ""
	}
	condition := k.expression + " " + sign + " " + s.bind(k.value, k.sqlType)
	if k.isKey || s.query.Backward {
		return condition
	}
	return "(" + condition + " OR " + k.expression + " IS NULL)"
}
