package intake

import (
	"encoding/json"

	"kawasan/geo/quality"
)

func (r *run) newJudge() {
	o := quality.Options{Collection: r.collection, Source: r.parts[0].input.Name, Stored: r.store, Fix: r.o.Fix, Keep: r.o.Keep, TempDir: r.o.Read.TempDir}
	if r.mode == Replace {
		o.Replaced = func(string) bool { return true }
	}
	r.judge = quality.NewJudge(o)
}

// reportJSON is the report as it is kept.
func reportJSON(r *quality.Report) []byte {
	raw, err := json.Marshal(r)
	if err != nil {
		return nil
	}
	return raw
}
