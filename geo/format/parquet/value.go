package parquet

import (
	"encoding/json"
	"math"
	"time"

	"kawasan/geo"

	"github.com/parquet-go/parquet-go"
)

// appendValue adds what a feature has in a column: one value, or for a list one
// for each element. The levels say how much of it is there.
func appendValue(row parquet.Row, v any, column int) parquet.Row {
	one := func(v parquet.Value) parquet.Row { return append(row, v.Level(0, 1, column)) }
	switch v := v.(type) {
	case string:
		return one(parquet.ByteArrayValue([]byte(v)))
	case int64:
		return one(parquet.Int64Value(v))
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return one(parquet.DoubleValue(v))
		}
	case bool:
		return one(parquet.BooleanValue(v))
	case geo.Date:
		return one(parquet.Int32Value(int32(v)))
	case time.Time:
		return one(parquet.Int64Value(v.UnixMicro()))
	case json.RawMessage:
		return one(parquet.ByteArrayValue(v))
	case []string:
		return appendList(row, len(v), column, func(i int) parquet.Value { return parquet.ByteArrayValue([]byte(v[i])) })
	case []int64:
		return appendList(row, len(v), column, func(i int) parquet.Value { return parquet.Int64Value(v[i]) })
	case []float64:
		return appendList(row, len(v), column, func(i int) parquet.Value { return parquet.DoubleValue(v[i]) })
	}
	return append(row, parquet.NullValue().Level(0, 0, column))
}

func appendList(row parquet.Row, n, column int, at func(int) parquet.Value) parquet.Row {
	if n == 0 {
		return append(row, parquet.NullValue().Level(0, 1, column))
	}
	for i := range n {
		row = append(row, at(i).Level(min(i, 1), 2, column))
	}
	return row
}
