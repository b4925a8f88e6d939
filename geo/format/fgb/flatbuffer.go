package fgb

import (
	"encoding/binary"
	"strconv"
)

// table is a table of a FlatBuffer that a stranger made: each access is checked
// against the bytes that are there, and what lies outside of them isn't there.
// The library's own accessors would panic.
type table struct {
	b      []byte
	at     int // of the table
	vtable int
	fields int // bytes of the vtable
}

func itoa(n int) string { return strconv.Itoa(n) }

// uoffset reads an offset and gives the place that it leads to.
func uoffset(b []byte, at int) (int, bool) {
	if at < 0 || at+4 > len(b) {
		return 0, false
	}
	to := at + int(binary.LittleEndian.Uint32(b[at:]))
	return to, to < len(b)
}

// root finds the outermost table.
func root(b []byte) (table, bool) {
	at, ok := uoffset(b, 0)
	if !ok {
		return table{}, false
	}
	return tableAt(b, at)
}

func tableAt(b []byte, at int) (table, bool) {
	if at < 0 || at+4 > len(b) {
		return table{}, false
	}
	vtable := at - int(int32(binary.LittleEndian.Uint32(b[at:])))
	if vtable < 0 || vtable+4 > len(b) {
		return table{}, false
	}
	fields := int(binary.LittleEndian.Uint16(b[vtable:]))
	if fields < 4 || vtable+fields > len(b) {
		return table{}, false
	}
	return table{b, at, vtable, fields}, true
}

// slot gives the bytes from a field on, at least size of them; false if the field isn't set.
func (t table) slot(field, size int) ([]byte, bool) {
	entry := 4 + 2*field
	if entry+2 > t.fields {
		return nil, false
	}
	offset := int(binary.LittleEndian.Uint16(t.b[t.vtable+entry:]))
	if offset == 0 || t.at+offset+size > len(t.b) {
		return nil, false
	}
	return t.b[t.at+offset:], true
}

func (t table) uint8(field int) uint8 {
	if b, ok := t.slot(field, 1); ok {
		return b[0]
	}
	return 0
}

func (t table) uint32(field int) uint32 {
	if b, ok := t.slot(field, 4); ok {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (t table) uint64(field int) uint64 {
	if b, ok := t.slot(field, 8); ok {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// follow gives the place that a field leads to; ok is false if the field is set and
// leads outside, there if it is set.
func (t table) follow(field int) (at int, there, ok bool) {
	b, there := t.slot(field, 4)
	if !there {
		return 0, false, true
	}
	at, ok = uoffset(t.b, len(t.b)-len(b))
	return at, true, ok
}

// vector gives the bytes of a list of elements of that size; nil if it isn't set.
func (t table) vector(field, size int) ([]byte, bool) {
	at, there, ok := t.follow(field)
	if !there || !ok {
		return nil, ok
	}
	if at+4 > len(t.b) {
		return nil, false
	}
	n := uint64(binary.LittleEndian.Uint32(t.b[at:])) * uint64(size)
	if n > uint64(len(t.b)-at-4) {
		return nil, false
	}
	return t.b[at+4 : at+4+int(n)], true
}

func (t table) text(field int) string {
	b, _ := t.vector(field, 1)
	return string(b)
}

func (t table) table(field int) (table, bool) {
	at, there, ok := t.follow(field)
	if !there || !ok {
		return table{}, false
	}
	return tableAt(t.b, at)
}

// tables gives a list of tables; false if any lies outside.
func (t table) tables(field int) ([]table, bool) {
	list, ok := t.vector(field, 4)
	if !ok {
		return nil, false
	}
	start := 0
	if len(list) > 0 {
		start, _, _ = t.follow(field)
		start += 4
	}
	out := make([]table, 0, len(list)/4)
	for i := 0; i < len(list); i += 4 {
		at, ok := uoffset(t.b, start+i)
		if !ok {
			return nil, false
		}
		one, ok := tableAt(t.b, at)
		if !ok {
			return nil, false
		}
		out = append(out, one)
	}
	return out, true
}
