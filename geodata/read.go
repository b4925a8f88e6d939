package geodata

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// document is a file of either kind as it is written.
type document struct {
	Type         string     `json:"type"`
	Collection   string     `json:"collection"`
	Table        string     `json:"table"`
	Title        Text       `json:"title"`
	Description  Text       `json:"description"`
	Keywords     []string   `json:"keywords"`
	Licence      string     `json:"licence"`
	Attribution  string     `json:"attribution"`
	GeometryType string     `json:"geometry_type"`
	Properties   []Property `json:"properties"`
	Features     []struct {
		Type string `json:"type"`
		Feature
	} `json:"features"`
	Unlocated []Row `json:"unlocated"`
	Rows      []Row `json:"rows"`
}

// ReadCollections reads the collections of a directory (its *.geojson), in order of
// their ids. It fails on a file that is not such a collection, on a row without an
// id or with one that occurs twice, and on attributes that differ from the header;
// it does not check the values against their types.
func ReadCollections(dir fs.FS) ([]Dataset, error) {
	var all []Dataset
	err := each(dir, "*.geojson", func(name string, content []byte) error {
		d, err := readCollection(content)
		d.File, d.SHA256 = name, checksum(content)
		all = append(all, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b Dataset) int { return cmp.Compare(a.Collection, b.Collection) })
	return all, nil
}

// ReadTables reads the tables of a directory (its *.json), in order of their ids,
// with the checks of ReadCollections.
func ReadTables(dir fs.FS) ([]Table, error) {
	var all []Table
	err := each(dir, "*.json", func(name string, content []byte) error {
		t, err := readTable(content)
		t.File, t.SHA256 = name, checksum(content)
		all = append(all, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b Table) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

func each(dir fs.FS, pattern string, read func(name string, content []byte) error) error {
	names, err := fs.Glob(dir, pattern)
	if err != nil {
		return fmt.Errorf("list shipped data: %w", err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(dir, name)
		if err != nil {
			return fmt.Errorf("read shipped data: %w", err)
		}
		if err := read(name, content); err != nil {
			return fmt.Errorf("read shipped data: %s: %w", name, err)
		}
	}
	return nil
}

func readCollection(content []byte) (Dataset, error) {
	doc, err := decode(content)
	if err != nil {
		return Dataset{}, err
	}
	if doc.Type != "FeatureCollection" || doc.Collection == "" || doc.GeometryType == "" {
		return Dataset{}, errors.New("no feature collection with the members collection and geometry_type")
	}
	d := Dataset{
		Collection: doc.Collection, Title: doc.Title, Description: doc.Description, Keywords: doc.Keywords,
		Licence: doc.Licence, Attribution: doc.Attribution, GeometryType: doc.GeometryType,
		Properties: doc.Properties, Unlocated: doc.Unlocated,
	}
	rows := slices.Clone(doc.Unlocated)
	for _, f := range doc.Features {
		if f.Type != "Feature" || len(f.Geometry) == 0 || string(f.Geometry) == "null" {
			return Dataset{}, fmt.Errorf("feature %q: no feature with a geometry; a row without a position belongs in unlocated", f.ID)
		}
		d.Features = append(d.Features, f.Feature)
		rows = append(rows, Row{ID: f.ID, Properties: f.Properties})
	}
	slices.SortFunc(d.Features, func(a, b Feature) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(d.Unlocated, byID)
	return d, checkRows(rows, doc.Properties)
}

func readTable(content []byte) (Table, error) {
	doc, err := decode(content)
	if err != nil {
		return Table{}, err
	}
	if doc.Type != "Table" || doc.Table == "" {
		return Table{}, errors.New("no table with the member table")
	}
	slices.SortFunc(doc.Rows, byID)
	return Table{
		ID: doc.Table, Title: doc.Title, Description: doc.Description, Keywords: doc.Keywords,
		Licence: doc.Licence, Attribution: doc.Attribution, Properties: doc.Properties, Rows: doc.Rows,
	}, checkRows(doc.Rows, doc.Properties)
}

// decode refuses members it does not know, so that a misspelt one is not lost.
func decode(content []byte) (document, error) {
	var doc document
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&doc); err != nil {
		return doc, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return doc, errors.New("more than one JSON value")
	}
	return doc, nil
}

func checkRows(rows []Row, declared []Property) error {
	names := make(map[string]bool, len(declared))
	for _, p := range declared {
		if p.Name == "" || names[p.Name] {
			return fmt.Errorf("attribute %q is declared twice or has no name", p.Name)
		}
		names[p.Name] = true
	}
	seen := make(map[string]bool, len(rows))
	for _, r := range rows {
		if r.ID == "" || seen[r.ID] {
			return fmt.Errorf("id %q occurs twice or is empty", r.ID)
		}
		seen[r.ID] = true
		for name := range r.Properties {
			if !names[name] {
				return fmt.Errorf("%s: attribute %q is not declared in the header", r.ID, name)
			}
		}
		for name := range names {
			if _, ok := r.Properties[name]; !ok {
				return fmt.Errorf("%s: attribute %q is missing (null if unknown)", r.ID, name)
			}
		}
	}
	return nil
}

func byID(a, b Row) int { return cmp.Compare(a.ID, b.ID) }

func checksum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
