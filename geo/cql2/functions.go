package cql2

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kawasan/geo"
	"kawasan/geo/geodesy"
)

// Function is something that a filter may call.
type Function struct {
	// Name is written in a filter in any case.
	Name  string
	Title geo.Text
	Args  []Argument
	// Returns is the type of the result.
	Returns Type
	// Eval gives the result, nil for null. Arguments are never null and have the
	// types declared: string, int64 or float64, bool, geo.Date or time.Time, *Value.
	// It must be safe for concurrent use and depend on its arguments only.
	Eval func(args []any) any
}

// Argument describes an argument of a function.
type Argument struct {
	Name  string
	Title geo.Text
	// Types are those that are accepted.
	Types []Type
}

// Signature gives the call as it is written: name(argument, …).
func (f *Function) Signature() string {
	names := make([]string, len(f.Args))
	for i, a := range f.Args {
		names[i] = a.Name
	}
	return f.Name + "(" + strings.Join(names, ", ") + ")"
}

// Functions are the functions that filters may call, in the order to list them.
type Functions []*Function

// Find finds a function by its name, in any case.
func (f Functions) Find(name string) (*Function, bool) {
	i := slices.IndexFunc(f, func(f *Function) bool { return strings.EqualFold(f.Name, name) })
	if i < 0 {
		return nil, false
	}
	return f[i], true
}

func (f Functions) names() []string {
	names := make([]string, len(f))
	for i, function := range f {
		names[i] = function.Name
	}
	return names
}

// The names of functions that stores and [Bounds] know.
const (
	distanceName = "distance_m"
	withinName   = "within_distance"
)

// StandardFunctions are the functions of Kawasan. Lengths and areas are geodesic
// on WGS84, between edges that are straight in longitude and latitude.
func StandardFunctions() Functions {
	return append(measuring(), plain()...)
}

func measuring() Functions {
	geometry := func(name string) Argument {
		return Argument{Name: name, Title: geo.Text{EN: "A geometry", ID: "Sebuah geometri"}, Types: []Type{TypeGeometry}}
	}
	metres := Argument{Name: "metres", Title: geo.Text{EN: "A distance in metres", ID: "Jarak dalam meter"}, Types: []Type{TypeNumber}}
	return Functions{
		{
			Name: distanceName, Args: []Argument{geometry("a"), geometry("b")}, Returns: TypeNumber,
			Title: geo.Text{EN: "The shortest distance between two geometries in metres on the WGS84 ellipsoid; 0 when they meet", ID: "Jarak terpendek antara dua geometri dalam meter pada elipsoid WGS84; 0 bila bersentuhan"},
			Eval: func(args []any) any {
				a, b, ok := shapes(args)
				if !ok {
					return nil
				}
				return finite(geodesy.Between(a, b).Metres)
			},
		},
		{
			Name: withinName, Args: []Argument{geometry("a"), geometry("b"), metres}, Returns: TypeBoolean,
			Title: geo.Text{EN: "Whether two geometries are at most so many metres apart", ID: "Apakah dua geometri berjarak paling banyak sekian meter"},
			Eval: func(args []any) any {
				a, b, ok := shapes(args)
				limit, isNumber := geo.NumberOf(args[2])
				if !ok || !isNumber {
					return nil
				}
				return limit >= 0 && geodesy.Within(a, b, limit)
			},
		},
		{
			Name: "area_ha", Args: []Argument{geometry("geometry")}, Returns: TypeNumber,
			Title: geo.Text{EN: "The area in hectares; 0 for points and lines", ID: "Luas dalam hektare; 0 untuk titik dan garis"},
			Eval:  measure(func(s *geodesy.Shape) float64 { return geodesy.Hectares(geodesy.Area(s)) }),
		},
		{
			Name: "length_m", Args: []Argument{geometry("geometry")}, Returns: TypeNumber,
			Title: geo.Text{EN: "The length of the lines in metres; 0 for points and polygons", ID: "Panjang garis dalam meter; 0 untuk titik dan poligon"},
			Eval:  measure(geodesy.Length),
		},
	}
}

func shapes(args []any) (a, b *geodesy.Shape, ok bool) {
	x, ok1 := args[0].(*Value)
	y, ok2 := args[1].(*Value)
	if !ok1 || !ok2 {
		return nil, nil, false
	}
	a, ok1 = x.Shape()
	b, ok2 = y.Shape()
	return a, b, ok1 && ok2
}

func measure(f func(*geodesy.Shape) float64) func([]any) any {
	return func(args []any) any {
		v, ok := args[0].(*Value)
		if !ok {
			return nil
		}
		s, ok := v.Shape()
		if !ok {
			return nil
		}
		return finite(f(s))
	}
}

// finite gives the number, or null if it is none.
func finite(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return f
}

func plain() Functions {
	text := []Argument{{Name: "text", Title: geo.Text{EN: "A text", ID: "Sebuah teks"}, Types: []Type{TypeString}}}
	number := []Argument{{Name: "number", Title: geo.Text{EN: "A number", ID: "Sebuah bilangan"}, Types: []Type{TypeNumber}}}
	instant := []Argument{{Name: "time", Title: geo.Text{EN: "A date or time", ID: "Tanggal atau waktu"}, Types: []Type{TypeDatetime}}}
	onText := func(f func(string) any) func([]any) any {
		return func(args []any) any {
			s, ok := args[0].(string)
			if !ok {
				return nil
			}
			return f(s)
		}
	}
	onNumber := func(f func(float64) float64) func([]any) any {
		return func(args []any) any {
			n, ok := geo.NumberOf(args[0])
			if !ok {
				return nil
			}
			return finite(f(n))
		}
	}
	return Functions{
		{
			Name: "lower", Title: geo.Text{EN: "The text in lower case", ID: "Teks dalam huruf kecil"}, Args: text, Returns: TypeString,
			Eval: onText(func(s string) any { return strings.ToLower(s) }),
		},
		{
			Name: "upper", Title: geo.Text{EN: "The text in upper case", ID: "Teks dalam huruf besar"}, Args: text, Returns: TypeString,
			Eval: onText(func(s string) any { return strings.ToUpper(s) }),
		},
		{
			Name: "length", Title: geo.Text{EN: "The number of characters", ID: "Jumlah karakter"}, Args: text, Returns: TypeNumber,
			Eval: onText(func(s string) any { return int64(utf8.RuneCountInString(s)) }),
		},
		{
			Name: "abs", Title: geo.Text{EN: "The number without its sign", ID: "Nilai mutlak"}, Args: number, Returns: TypeNumber,
			Eval: onNumber(math.Abs),
		},
		{
			Name: "floor", Title: geo.Text{EN: "The largest whole number not above", ID: "Bilangan bulat terbesar yang tidak melebihi"}, Args: number, Returns: TypeNumber,
			Eval: onNumber(math.Floor),
		},
		{
			Name: "ceil", Title: geo.Text{EN: "The smallest whole number not below", ID: "Bilangan bulat terkecil yang tidak kurang"}, Args: number, Returns: TypeNumber,
			Eval: onNumber(math.Ceil),
		},
		{
			Name: "year", Title: geo.Text{EN: "The year, in UTC", ID: "Tahun, dalam UTC"}, Args: instant, Returns: TypeNumber,
			Eval: func(args []any) any {
				switch v := args[0].(type) {
				case geo.Date:
					return int64(v.Time().Year())
				case time.Time:
					return int64(v.UTC().Year())
				}
				return nil
			},
		},
	}
}
