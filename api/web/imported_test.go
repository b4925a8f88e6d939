package web_test

import (
	"testing"

	"kawasan/geo"
	"kawasan/geo/format/source"
	"kawasan/geo/intake"
	"kawasan/geo/postgis"
	"kawasan/geo/postgis/postgistest"
)

// imported is a database into which a file with faults that do not block was imported.
func imported(t *testing.T) geo.Reader {
	t.Helper()
	options := postgis.Options{URL: postgistest.Shipped(t)}
	store, err := postgis.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	o := intake.Options{
		Collection: "kebun", Title: geo.Text{EN: "Estates", ID: "Kebun"},
		Given: map[string]any{"boundary_kind": "indicative", "position_uncertainty_m": 500.0, "source": "A sketch"},
	}
	o.Read.TempDir = t.TempDir()
	in, err := source.OpenPath("testdata/kebun.geojson", o.Read)
	if err != nil {
		t.Fatal(err)
	}
	out, err := intake.Run(t.Context(), store, []*source.Input{in}, o)
	if err != nil || len(out.Report.Groups) < 3 {
		t.Fatalf("import: %v, %+v", err, out)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	read, err := postgis.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(read.Close)
	return read
}
