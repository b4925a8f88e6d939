package postgis

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"kawasan/geo"
)

// Times at the ends of what PostgreSQL knows never become another time.
func TestDecodeOfTimestamps(t *testing.T) {
	t.Parallel()
	const lastOfPostgres = 9223371331200000000 - 1 // 294276-12-31 23:59:59.999999
	for _, c := range []struct {
		micros int64
		want   any
	}{
		{0, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)},
		{-211813488000000000, time.Date(-4713, 11, 24, 0, 0, 0, 0, time.UTC)}, // the first
		{math.MaxInt64 - epochSeconds*1e6, time.UnixMicro(math.MaxInt64).UTC()},
		{math.MaxInt64 - epochSeconds*1e6 + 1, nil},
		{lastOfPostgres, nil},
		{math.MaxInt64, nil}, // infinity
		{math.MinInt64, nil},
	} {
		got, err := decode(geo.Timestamp, binary.BigEndian.AppendUint64(nil, uint64(c.micros)))
		if err != nil {
			t.Fatal(err)
		}
		if want, ok := c.want.(time.Time); got != c.want && (!ok || !want.Equal(got.(time.Time))) {
			t.Errorf("%d: got %v, want %v", c.micros, got, c.want)
		}
	}
}
