package api

import (
	"encoding/json"
	"reflect"
	"testing"
)

// A link is written with all of its members, whichever are set.
func TestAppendLinks(t *testing.T) {
	t.Parallel()
	full := link{Href: `http://h/"é"?a=1&b=<2>`, Rel: "next"}
	v := reflect.ValueOf(&full).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); {
		case !f.CanSet():
		case f.Kind() == reflect.String && f.String() == "":
			f.SetString("text of " + v.Type().Field(i).Name)
		case f.Kind() == reflect.Int64:
			f.SetInt(int64(i + 1))
		}
	}
	for _, links := range [][]link{{}, {{Href: "h", Rel: "self", Type: "t"}}, {full, {}, full}} {
		want, err := encodeJSON(links)
		if err != nil {
			t.Fatal(err)
		}
		got := appendLinks(nil, links)
		var a, b any
		if json.Unmarshal(got, &a) != nil || json.Unmarshal(want, &b) != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What is taken from a query as it came is what would be written for it.
func TestLinkedAsItCame(t *testing.T) {
	t.Parallel()
	any := &parameter{lastWins: true}
	for _, pair := range []string{"a=1", "bbox=1,2,3,4", "a", "a=", "a=b=c", "a=%2C", "a=b+c", "a=~*/:,-._", "ä=1", "a=ä", "a=(1)", "filter%5Bx%5D=1"} {
		read, err := parseQuery("other=x&"+pair+"&"+pair, func(string) *parameter { return any }, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range read {
			plain := read[i]
			plain.encoded = ""
			if got, want := string(read[i].append(nil)), string(plain.append(nil)); got != want {
				t.Errorf("%s: got %s, want %s", pair, got, want)
			}
		}
	}
}
