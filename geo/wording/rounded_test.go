package wording_test

import (
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kawasan/geo/wording"
)

var update = flag.Bool("update", false, "write the golden file anew")

// interval is a length in metres, as the map application has it.
type interval struct {
	Value float64  `json:"value"`
	Least *float64 `json:"least"`
	Most  *float64 `json:"most"`
}

// The map rounds lengths in the browser. The table that its tests read says how, and is held
// to the rule here.
func TestRoundedAsTheMapDoes(t *testing.T) {
	t.Parallel()
	known := func(v float64) *float64 { return &v }
	lengths := []interval{
		{0, known(0), known(0)},
		{0, known(0), known(6890)},
		{4310.2, known(0), known(10_310.2)},
		{6044, known(1044), known(11_044)},
		{4234, known(4100), nil},
		{4234, nil, known(5100)},
		{4234, nil, nil},
		{0, known(0), nil},
		{342, known(301), known(383)},
		{27_180, known(24_000), known(31_000)},
		{27_180, known(0), known(70_100)},
		{999.6, known(990), known(1010)},
		{99_960, known(99_900), known(100_020)},
		{123_456.7, known(123_456.2), known(123_457.2)},
		{5.4321, known(5.4221), known(5.4421)},
		{10, known(0), known(20)},
		{1000, known(999.9), known(1000.1)},
		{0.3, known(0.1), known(0.5)},
	}
	type row struct {
		Length  interval `json:"length"`
		Rounded interval `json:"rounded"`
	}
	var table []row
	for _, l := range lengths {
		r := wording.Quantity{Value: l.Value, Least: l.Least, Most: l.Most, Unit: "m"}.Rounded()
		table = append(table, row{l, interval{r.Value, r.Least, r.Most}})
	}
	const file = "testdata/rounded.json"
	if *update {
		raw, err := json.MarshalIndent(table, "", " ")
		if err == nil {
			err = os.WriteFile(file, append(raw, '\n'), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want []row
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("the rule is another now (-file +rule): write the file by -update, and mend api/web/src/interval.ts\n%s", diff)
	}
}
