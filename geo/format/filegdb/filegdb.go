// Package filegdb knows ESRI's file geodatabase when it sees one, and says how to
// convert it: the format isn't published, so it is not read here.
package filegdb

import (
	"context"
	"path"
	"strings"

	"kawasan/geo"
	"kawasan/geo/format/source"
)

// Source describes the folders whose name ends in .gdb, in a zip or not. Opening one fails
// with Unsupported and the command that converts it.
func Source() source.Format {
	return source.Format{
		Name: "filegdb", Extensions: []string{".gdb"}, Title: geo.Text{EN: "File geodatabase (converted by ogr2ogr)", ID: "Geodatabase berkas (diubah dengan ogr2ogr)"},
		Recognises: func(m *source.Member) bool { return m.Extension() == ".gdbtable" },
		Open:       refuse,
	}
}

func refuse(_ context.Context, in *source.Input, members []*source.Member, _ source.Options) (source.Source, error) {
	folder := path.Base(path.Dir(members[0].Name))
	if folder == "." {
		folder = in.Name
	}
	command := "ogr2ogr -f GPKG layers.gpkg " + quoted(folder)
	if in.Zipped {
		command = "unzip " + quoted(in.Name) + " && " + command
	}
	return nil, source.Place{File: in.Name}.Errorf(geo.Unsupported, "a file geodatabase is not read").Try("a GeoPackage made of it: %s", command)
}

// quoted makes a name fit for a shell.
func quoted(name string) string {
	plain := strings.IndexFunc(name, func(r rune) bool {
		return !(r == '.' || r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}) < 0
	if plain && name != "" && name[0] != '-' {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}
