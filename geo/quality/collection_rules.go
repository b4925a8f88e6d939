package quality

import "kawasan/geo"

// The rules about several features.
var (
	idDuplicate = &Rule{
		Name: "id-duplicate", Severity: Error, Title: geo.Text{EN: "Id used twice", ID: "Id dipakai dua kali"},
		Meaning: geo.Text{EN: "Two features of one load have the same id.", ID: "Dua fitur dalam satu pemuatan memakai id yang sama."},
		Remedy:  geo.Text{EN: "Name another column as the id (--id), or leave out one of the two.", ID: "Tunjuk kolom lain sebagai id (--id), atau keluarkan salah satunya."},
	}
	geometryDuplicate = &Rule{
		Name: "geometry-duplicate", Severity: Warning, Title: geo.Text{EN: "Same geometry twice", ID: "Geometri sama dua kali"},
		Meaning: geo.Text{EN: "Two features have exactly the same geometry.", ID: "Dua fitur punya geometri yang persis sama."},
		Remedy:  geo.Text{EN: "Leave one out if they are the same thing.", ID: "Keluarkan salah satunya bila keduanya hal yang sama."},
	}
	overlapsNeighbour = &Rule{
		Name: "overlaps-neighbour", Severity: Warning, Title: geo.Text{EN: "Overlaps a neighbour", ID: "Bertumpang tindih dengan tetangga"},
		Meaning: geo.Text{EN: "Two features of a collection share an area. A note where the uncertainties explain it, or where the two are of different kinds.", ID: "Dua fitur dalam satu koleksi berbagi area. Hanya catatan bila dijelaskan ketidakpastian, atau bila jenisnya berbeda."},
		Remedy:  geo.Text{EN: "Agree on one line between them, or name the one a part of the other (part_of).", ID: "Sepakati satu garis di antara keduanya, atau sebutkan yang satu bagian dari yang lain (part_of)."},
	}
	gapToNeighbour = &Rule{
		Name: "gap-to-neighbour", Severity: Warning, Title: geo.Text{EN: "Gap between neighbours", ID: "Celah antartetangga"},
		Meaning: geo.Text{EN: "Neighbours leave a narrow gap that belongs to nobody. A note where the uncertainties explain it.", ID: "Fitur bertetangga menyisakan celah sempit tak bertuan. Hanya catatan bila dijelaskan ketidakpastian."},
		Remedy:  geo.Text{EN: "Agree on one line between them, if they are meant to meet.", ID: "Sepakati satu garis di antara keduanya, bila memang seharusnya bertemu."},
	}
)

// mercatorsSwapped stands apart, as its remedy concerns the whole file.
var mercatorsSwapped = &Rule{
	Name: "mercator-swapped", Severity: Warning, Title: geo.Text{EN: "World Mercator taken for Web Mercator", ID: "World Mercator tertukar dengan Web Mercator"},
	Meaning: geo.Text{EN: "Read in EPSG:3395 instead of EPSG:3857, or the other way round, the feature would lie on one that is there already. Taking one for the other shifts boundaries along the meridian, here by up to 840 m around IKN.", ID: "Bila dibaca dalam EPSG:3395, bukan EPSG:3857, atau sebaliknya, fitur ini akan berimpit dengan fitur yang sudah ada. Menukar keduanya menggeser batas sepanjang meridian, di sekitar IKN hingga 840 m."},
	Remedy:  geo.Text{EN: "Import again with the other system (--crs).", ID: "Impor ulang dengan sistem yang lain (--crs)."},
}

var collectionRules = []*Rule{idDuplicate, geometryDuplicate, overlapsNeighbour, gapToNeighbour, mercatorsSwapped}
