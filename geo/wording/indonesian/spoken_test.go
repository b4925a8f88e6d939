package indonesian_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// spoken is a format in the source that people may be shown.
type spoken struct {
	format string
	values int // behind the format; -1 when they can't be counted
	at     string
	// ours says that it is the message of a fault of ours, for which one sentence stands.
	ours bool
}

// sayers are the functions whose argument with that number is a format that is shown. Those
// that hand a parameter called format on to one of them are found.
var sayers = map[string]int{"Errorf": 1, "Invalidf": 1, "Saying": 0, "Try": 0, "Phrasef": 0, "Words": 0}

// folder is the source of one package.
type folder struct {
	t       *testing.T
	set     *token.FileSet
	files   []*ast.File
	strings map[string]string // constants
	others  map[string]string // those of all packages, by package and name
	sayers  map[string]int    // by their name, those within a function by file and name
	fills   map[string]bool   // of them those that fill in the values themselves
}

// spokenIn reads all Go source below some folders and gives every format in it that is shown.
func spokenIn(t *testing.T, roots ...string) []spoken {
	t.Helper()
	byFolder, others := map[string]*folder{}, map[string]string{}
	var order []*folder
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f := byFolder[filepath.Dir(path)]
			if f == nil {
				f = &folder{t: t, set: token.NewFileSet(), strings: map[string]string{}, others: others, sayers: map[string]int{}, fills: map[string]bool{}}
				byFolder[filepath.Dir(path)] = f
				order = append(order, f)
			}
			file, err := parser.ParseFile(f.set, path, nil, parser.SkipObjectResolution)
			if err == nil && !forTests(file) {
				f.files = append(f.files, file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	exported := map[string]int{}
	for range 3 { // those that hand on to those that hand on
		for _, f := range order {
			f.prepare(exported)
		}
	}
	var all []spoken
	for _, f := range order {
		all = append(all, f.spoken()...)
	}
	return all
}

// forTests reports whether a file is part of a test, though not named so.
func forTests(file *ast.File) bool {
	for _, i := range file.Imports {
		if i.Path.Value == `"testing"` {
			return true
		}
	}
	return false
}

// prepare finds the constants, and the functions that hand a format on.
func (f *folder) prepare(exported map[string]int) {
	for name, i := range sayers {
		f.sayers[name] = i
	}
	for name, i := range exported {
		f.sayers[name] = i
	}
	for _, file := range f.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if i < len(n.Values) {
						if text, ok := f.text(n.Values[i]); ok {
							f.strings[name.Name] = text
							f.others[file.Name.Name+"."+name.Name] = text
						}
					}
				}
			case *ast.FuncDecl:
				if i, ok := f.handsOn(n.Type, n.Body); ok {
					f.sayers[n.Name.Name], f.fills[n.Name.Name] = i, !variadic(n.Type)
					if n.Name.IsExported() {
						exported[n.Name.Name] = i
					}
				}
			case *ast.AssignStmt:
				if made, ok := n.Rhs[0].(*ast.FuncLit); ok && len(n.Lhs) == 1 {
					if i, ok := f.handsOn(made.Type, made.Body); ok {
						name := n.Lhs[0].(*ast.Ident)
						f.sayers[f.set.Position(name.Pos()).Filename+":"+name.Name] = i
					}
				}
			}
			return true
		})
	}
}

// handsOn gives the number of the parameter called format that a function gives to a sayer.
func (f *folder) handsOn(what *ast.FuncType, body *ast.BlockStmt) (number int, ok bool) {
	n := 0
	for _, field := range what.Params.List {
		for _, name := range field.Names {
			if name.Name == "format" {
				number, ok = n, true
			}
			n++
		}
	}
	if !ok || body == nil {
		return 0, false
	}
	ok = false
	ast.Inspect(body, func(n ast.Node) bool {
		if c, isCall := n.(*ast.CallExpr); isCall {
			if i, says := f.says(c); says && i < len(c.Args) && isFormat(c.Args[i]) {
				ok = true
			}
		}
		return true
	})
	return number, ok
}

func variadic(what *ast.FuncType) bool {
	last := what.Params.List[len(what.Params.List)-1]
	_, many := last.Type.(*ast.Ellipsis)
	return many
}

func isFormat(e ast.Expr) bool {
	name, ok := e.(*ast.Ident)
	return ok && name.Name == "format"
}

// says gives the number of the argument of a call that is a format which is shown.
func (f *folder) says(c *ast.CallExpr) (number int, ok bool) {
	switch called := c.Fun.(type) {
	case *ast.Ident:
		if number, ok = f.sayers[f.set.Position(called.Pos()).Filename+":"+called.Name]; !ok {
			number, ok = f.sayers[called.Name]
		}
	case *ast.SelectorExpr:
		if x, plain := called.X.(*ast.Ident); plain && (x.Name == "fmt" || x.Name == "errors" || x.Name == "slog") {
			return 0, false
		}
		number, ok = f.sayers[called.Sel.Name]
	}
	return number, ok && number < len(c.Args)
}

// text is the value of an expression that is constant text.
func (f *folder) text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		a, ok := f.text(e.X)
		b, too := f.text(e.Y)
		return a + b, ok && too
	case *ast.ParenExpr:
		return f.text(e.X)
	case *ast.Ident:
		text, ok := f.strings[e.Name]
		return text, ok
	case *ast.SelectorExpr:
		if of, plain := e.X.(*ast.Ident); plain {
			text, ok := f.others[of.Name+"."+e.Sel.Name]
			return text, ok
		}
	}
	return "", false
}

// spoken gives the formats of the calls, and what is said of the parameters of requests.
func (f *folder) spoken() []spoken {
	var all []spoken
	for _, file := range f.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if name, plain := n.Fun.(*ast.Ident); plain && name.Name == "parameterObject" {
					return false // for the OpenAPI document alone
				}
				all = append(all, f.call(n)...)
			case *ast.CompositeLit:
				all = append(all, f.parameter(n)...)
			}
			return true
		})
	}
	return all
}

func (f *folder) call(c *ast.CallExpr) []spoken {
	number, ok := f.says(c)
	if !ok || isFormat(c.Args[number]) {
		return nil
	}
	s := spoken{values: len(c.Args) - number - 1, at: f.set.Position(c.Pos()).String()}
	if name, plain := c.Fun.(*ast.Ident); c.Ellipsis.IsValid() || plain && f.fills[name.Name] {
		s.values = -1
	}
	if code, named := c.Args[0].(*ast.SelectorExpr); named && number > 0 && code.Sel.Name == "Internal" {
		s.ours = true
	}
	if code, named := c.Args[0].(*ast.Ident); named && number > 0 && code.Name == "Internal" {
		s.ours = true
	}
	if s.format, ok = f.text(c.Args[number]); ok {
		return []spoken{s}
	}
	if field, named := c.Args[number].(*ast.SelectorExpr); named && (field.Sel.Name == "description" || field.Sel.Name == "form") {
		return nil // of a parameter, see there
	}
	if name, named := c.Args[number].(*ast.Ident); named && name.Name == "what" {
		return nil // the first sentence of one
	}
	f.t.Errorf("%s: the format is no constant text, so that it can't be found here", s.at)
	return nil
}

// parameter gives the description and form of a declared parameter: they are what its
// value should be. The first sentence of a description is shown by itself too.
func (f *folder) parameter(list *ast.CompositeLit) []spoken {
	keys := map[string]ast.Expr{}
	for _, e := range list.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				keys[key.Name] = pair.Value
			}
		}
	}
	if keys["name"] == nil || keys["schema"] == nil {
		return nil
	}
	var all []spoken
	for _, key := range []string{"description", "form"} {
		if keys[key] == nil {
			continue
		}
		at := f.set.Position(keys[key].Pos()).String()
		text, ok := f.text(keys[key])
		if !ok {
			f.t.Errorf("%s: the %s is no constant text, so that it can't be found here", at, key)
			continue
		}
		all = append(all, spoken{format: text, at: at})
		if first, _, more := strings.Cut(text, ". "); more {
			all = append(all, spoken{format: first, at: at})
		}
	}
	return all
}
