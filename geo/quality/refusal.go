package quality

import "kawasan/geo"

// What follows is found by whoever makes features of the rows of a file, before there
// is a feature to examine. All of it is an error.

// UnfitValue tells of a value that is none of the type of its property. column is
// what the file calls the property.
func (v *Examination) UnfitValue(column, value string, p geo.Property) {
	i := Issue{Rule: valueUnfit, Property: p.Name, Message: say("%q in the column %s is no %s", "%q di kolom %s bukan %s", shown(value, 60), shown(column, 60), typeWord(p.Type))}
	if p.Name != column {
		i.Message = say("%s, as the property %s is", "%s, padahal properti %s bertipe itu", i.Message, p.Name)
	}
	i.Remedy = say("Correct the value, leave it empty, or give the column a property of its own: --map %s=another_name.",
		"Perbaiki nilainya, kosongkan, atau beri kolom itu properti sendiri: --map %s=nama_lain.", shown(column, 60))
	v.add(i)
}

// typeWord names a type for people.
func typeWord(t geo.PropertyType) geo.Text {
	switch t {
	case geo.Integer:
		return geo.Text{EN: "integer", ID: "bilangan bulat"}
	case geo.Number:
		return geo.Text{EN: "number", ID: "bilangan"}
	case geo.Boolean:
		return geo.Text{EN: "yes or no", ID: "ya atau tidak"}
	case geo.DateOnly:
		return geo.Text{EN: "date", ID: "tanggal"}
	case geo.Timestamp:
		return geo.Text{EN: "date with time", ID: "tanggal dengan waktu"}
	case geo.TextArray, geo.IntegerArray, geo.NumberArray:
		return geo.Text{EN: "list (" + string(t) + ")", ID: "daftar (" + string(t) + ")"}
	}
	return geo.Text{EN: string(t), ID: string(t)}
}

// UnreadableRow tells of what the reader of the file could not read in the row.
func (v *Examination) UnreadableRow(what geo.Text) {
	v.add(Issue{Rule: rowUnreadable, Message: what})
}

// UnfitID tells of an id that is no integer, as those of the collection are.
func (v *Examination) UnfitID(id string) {
	v.add(Issue{
		Rule: idUnusable, Message: say("the id %q is no integer, as the ids of this collection are", "id %q bukan bilangan bulat, padahal id koleksi ini bilangan bulat", shown(id, 60)),
		Remedy: say("Name a column of integers as the id (--id).", "Tunjuk kolom bilangan bulat sebagai id (--id)."),
	})
}

// Unplaced tells of a position that has no place on earth in the system it is said to
// be in, by that system's code.
func (v *Examination) Unplaced(system string) {
	v.add(Issue{Rule: positionUnplaced, Message: say("a position has no place in %s", "suatu posisi tidak punya tempat dalam %s", system)})
}

// Unreadable tells of a geometry that can't be read.
func (v *Examination) Unreadable(err error) {
	v.add(Issue{Rule: geometryUnreadable, Message: say("%s", "%s", err)})
}
