package geo_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "kawasan"

// source is one Go file that is no test: where it lies, what it imports, and
// the string literals in it.
type source struct {
	file    string // path from the root of the repository, with slashes
	imports []string
	strings []string
}

func (s source) folder() string { return path.Dir(s.file) }

// arrow is one rule about who may use what.
type arrow struct {
	rule    string
	applies func(folder string) bool
	forbids func(imported string) bool
}

// within reports whether the path is one of the roots or lies below one.
func within(p string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return p == root || strings.HasPrefix(p, root+"/") })
}

// own turns a path of this module into one from its root; ok is false for others.
func own(imported string) (p string, ok bool) { return strings.CutPrefix(imported, module+"/") }

func anywhere(string) bool { return true }

func below(roots ...string) func(string) bool {
	return func(p string) bool { return within(p, roots...) }
}

func outside(roots ...string) func(string) bool {
	return func(p string) bool { return !within(p, roots...) }
}

// ours forbids packages of this module.
func ours(roots ...string) func(string) bool {
	return func(imported string) bool {
		p, ok := own(imported)
		return ok && within(p, roots...)
	}
}

// theirs forbids packages of other modules.
func theirs(roots ...string) func(string) bool {
	return func(imported string) bool { return within(imported, roots...) }
}

func arrows() []arrow {
	stores := []string{"geo/postgis", "geo/snapshot", "geo/localpg"}
	sql := []string{"geo/postgis", "geo/localpg", "migrations"}
	return []arrow{
		{
			"the root of geo holds the words all share and imports no package of this module",
			func(folder string) bool { return folder == "geo" }, ours("geo", "api", "cmd", "migrations", "geodata"),
		},
		{"geo knows neither the API nor the commands", below("geo"), ours("api", "cmd")},
		{"the API does not know the commands", below("api"), ours("cmd")},
		{"the API knows no store: the commands hand it readers", below("api"), ours(append(stores, "migrations")...)},
		{"data and migrations stand alone", below("geodata", "migrations"), ours("geo", "api", "cmd")},
		{
			"PostgreSQL is talked to only in geo/postgis, geo/localpg and migrations",
			outside(sql...), theirs("github.com/jackc", "github.com/lib/pq", "github.com/twpayne/pgx-geom"),
		},
		{
			"database drivers belong to the store, but for SQLite in geo/format, where it is a file format",
			outside(append(sql, "geo/format")...), theirs("database/sql", "modernc.org/sqlite", "github.com/mattn/go-sqlite3"),
		},
		{"Fiber and fasthttp are used only in api", outside("api"), theirs("github.com/gofiber", "github.com/valyala/fasthttp")},
		{"the snapshot does not see the database", below("geo/snapshot"), ours("geo/postgis", "geo/localpg", "migrations")},
		{"the database does not see the snapshot", below("geo/postgis", "geo/localpg"), ours("geo/snapshot")},
		{
			"what is computed sees a geo.Reader, never a store",
			below("geo/proximity", "geo/zone", "geo/geodesy", "geo/cql2", "geo/quality", "geo/tile", "geo/format", "geo/intake"), ours(append(stores, "migrations")...),
		},
		{"geodesy and cql2 stand below what uses them", below("geo/geodesy", "geo/cql2"), ours("geo/proximity", "geo/zone", "geo/format", "geo/tile", "geo/cartography")},
		{"proximity stands below zone", below("geo/proximity"), ours("geo/zone")},
		{"helpers of tests are imported by tests and by each other only", outside("geo/geotest", "geo/localpg/pgtest", "geo/postgis/postgistest"), ours("geo/geotest", "geo/localpg/pgtest", "geo/postgis/postgistest")},
		{"the program tests with the standard library and its own packages", anywhere, theirs("github.com/stretchr/testify")},
	}
}

// statement is what a literal in SQL begins with.
var statement = regexp.MustCompile(`(?is)^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+[\w."]+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(table|view|index|schema|function|database|role)\s)`)

// faults are what the file does against the rules.
func (s source) faults() []string {
	var found []string
	for _, a := range arrows() {
		if !a.applies(s.folder()) {
			continue
		}
		for _, imported := range s.imports {
			if a.forbids(imported) {
				found = append(found, fmt.Sprintf("%s imports %s, but %s", s.file, imported, a.rule))
			}
		}
	}
	if !within(s.folder(), "geo/postgis", "geo/localpg", "geo/format", "migrations") {
		for _, text := range s.strings {
			if statement.MatchString(text) {
				found = append(found, fmt.Sprintf("%s holds the SQL %.40q, but SQL is written only in geo/postgis, geo/localpg and migrations", s.file, text))
			}
		}
	}
	return found
}

func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	files := sources(t, "..")
	if len(files) < 20 {
		t.Fatalf("only %d Go files found: the test looks in the wrong place", len(files))
	}
	for _, s := range files {
		for _, fault := range s.faults() {
			t.Error(fault)
		}
	}
}

func TestEveryArrowCanFail(t *testing.T) {
	t.Parallel()
	tests := []struct{ file, imported, want string }{
		{"geo/feature.go", "kawasan/geo/geodesy", "the root of geo"},
		{"geo/zone/profile.go", "kawasan/api", "geo knows neither"},
		{"api/server.go", "kawasan/cmd/kawasan", "does not know the commands"},
		{"api/server.go", "kawasan/geo/postgis", "the API knows no store"},
		{"geodata/read.go", "kawasan/geo", "stand alone"},
		{"api/server.go", "github.com/jackc/pgx/v5/pgxpool", "PostgreSQL is talked to only"},
		{"cmd/kawasan/main.go", "database/sql", "database drivers"},
		{"geo/tile/encode.go", "github.com/valyala/fasthttp", "Fiber and fasthttp"},
		{"geo/snapshot/index.go", "kawasan/geo/postgis", "the snapshot does not see"},
		{"geo/postgis/open.go", "kawasan/geo/snapshot", "the database does not see"},
		{"geo/proximity/nearest.go", "kawasan/geo/postgis", "never a store"},
		{"geo/zone/profile.go", "kawasan/geo/snapshot", "never a store"},
		{"geo/geodesy/area.go", "kawasan/geo/zone", "stand below"},
		{"geo/proximity/nearest.go", "kawasan/geo/zone", "proximity stands below"},
		{"api/server.go", "kawasan/geo/geotest", "helpers of tests"},
		{"geo/tile/encode.go", "github.com/stretchr/testify/require", "tests with the standard library"},
	}
	for _, test := range tests {
		t.Run(test.file+" imports "+test.imported, func(t *testing.T) {
			t.Parallel()
			got := source{file: test.file, imports: []string{test.imported}}.faults()
			if !slices.ContainsFunc(got, func(fault string) bool { return strings.Contains(fault, test.want) }) {
				t.Errorf("got %q, want a fault that says %q", got, test.want)
			}
		})
	}
	allowed := []source{
		{file: "geo/format/gpkg/write.go", imports: []string{"modernc.org/sqlite", "database/sql", "kawasan/geo"}},
		{file: "geo/postgis/open.go", imports: []string{"github.com/jackc/pgx/v5", "kawasan/migrations"}, strings: []string{"select id from kawasan.zones "}},
		{file: "api/server.go", imports: []string{"github.com/gofiber/fiber/v2", "kawasan/geo/proximity"}, strings: []string{"choose one of from and to"}},
		{file: "cmd/kawasan/main.go", imports: []string{"kawasan/api", "kawasan/geo/postgis", "kawasan/geo/snapshot"}},
	}
	for _, s := range allowed {
		if got := s.faults(); len(got) > 0 {
			t.Errorf("%s: got %q, want no fault", s.file, got)
		}
	}
	if got := (source{file: "api/server.go", strings: []string{"SELECT id FROM kawasan.zones"}}).faults(); len(got) != 1 {
		t.Errorf("SQL in api: got %q, want one fault", got)
	}
}

func TestTopLevelIsTheLayout(t *testing.T) {
	t.Parallel()
	folders := []string{"cmd", "geo", "api", "migrations", "geodata", "docs"}
	files := []string{
		"go.mod", "go.sum", "Makefile", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md",
		"Dockerfile", "compose.yaml",
	}
	ignored := []string{"bin", "node_modules", "kawasan"} // never committed
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."), slices.Contains(ignored, name), strings.HasSuffix(name, ".test"),
			strings.HasSuffix(name, ".out"), strings.HasPrefix(name, "coverage."):
		case e.IsDir() && !slices.Contains(folders, name):
			t.Errorf("the folder %s is none of %v: put it below one of them", name, folders)
		case !e.IsDir() && !slices.Contains(files, name):
			t.Errorf("the file %s does not belong at the top; %v do", name, files)
		}
	}
}

// sources reads all Go files below root that are no tests.
func sources(t *testing.T, root string) []source {
	t.Helper()
	var found []source
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := e.Name()
		if e.IsDir() {
			if file != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		s := source{file: filepath.ToSlash(relative)}
		for _, spec := range parsed.Imports {
			s.imports = append(s.imports, unquote(spec.Path))
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				s.strings = append(s.strings, unquote(literal))
			}
			return true
		})
		found = append(found, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func unquote(literal *ast.BasicLit) string {
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		return literal.Value
	}
	return text
}
