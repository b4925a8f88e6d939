package quality

import "kawasan/geo"

// The rules about the geometry of one feature.
var (
	geometryMissing = &Rule{
		Name: "geometry-missing", Severity: Warning, Title: geo.Text{EN: "No geometry", ID: "Tanpa geometri"},
		Meaning: geo.Text{EN: "The feature has no geometry, or an empty one: it is kept, but lies on no map and in no distance.", ID: "Fitur tidak punya geometri, atau geometrinya kosong: fitur disimpan, tetapi tidak ada di peta dan jarak mana pun."},
		Remedy:  geo.Text{EN: "Give the feature its position once it is known.", ID: "Beri fitur ini posisinya bila sudah diketahui."},
	}
	geometriesMissing = &Rule{
		Name: "geometries-missing", Severity: Error, Title: geo.Text{EN: "No feature has a geometry", ID: "Tidak ada fitur yang punya geometri"},
		Meaning: geo.Text{EN: "The features are meant to be places, but not one has a position: it was probably lost on the way.", ID: "Fitur seharusnya berupa tempat, tetapi tidak satu pun punya posisi: mungkin hilang di perjalanan."},
		Remedy:  geo.Text{EN: "Export the layer with its geometry; in a table, name the columns lon and lat, x and y, or wkt.", ID: "Ekspor lapisan beserta geometrinya; dalam tabel, beri nama kolomnya lon dan lat, x dan y, atau wkt."},
	}
	geometryUnreadable = &Rule{
		Name: "geometry-unreadable", Severity: Error, Title: geo.Text{EN: "Geometry can't be read", ID: "Geometri tidak terbaca"},
		Meaning: geo.Text{EN: "The bytes of the geometry are no geometry: cut off, or a surface in space (TIN, polyhedron), which has no place on a map.", ID: "Byte geometri bukan geometri: terpotong, atau berupa permukaan dalam ruang (TIN, polihedron), yang tidak punya tempat di peta."},
		Remedy:  geo.Text{EN: "Export the layer again; make areas of surfaces first.", ID: "Ekspor ulang lapisan itu; ubah dahulu permukaan menjadi bidang."},
	}
	geometryType = &Rule{
		Name: "geometry-type", Severity: Error, Title: geo.Text{EN: "Another type than the collection", ID: "Jenis berbeda dari koleksi"},
		Meaning: geo.Text{EN: "The collection has one type of geometry, and this is another. A single geometry counts as its Multi type.", ID: "Koleksi hanya memuat satu jenis geometri, dan ini jenis lain. Geometri tunggal dihitung sebagai jenis Multi-nya."},
		Remedy:  geo.Text{EN: "Import each type into a collection of its own.", ID: "Impor tiap jenis ke koleksinya sendiri."},
	}
	coordinateNotFinite = &Rule{
		Name: "coordinate-not-finite", Severity: Error, Title: geo.Text{EN: "Coordinate is no number", ID: "Koordinat bukan bilangan"},
		Meaning: geo.Text{EN: "A coordinate is infinite or not a number.", ID: "Sebuah koordinat tak hingga atau bukan bilangan."},
		Remedy:  geo.Text{EN: "Give the vertex its true coordinates, or delete it.", ID: "Beri titik itu koordinat yang benar, atau hapus."},
	}
	ringNotClosed = &Rule{
		Name: "ring-not-closed", Severity: Error, Fixable: true, Title: geo.Text{EN: "Ring not closed", ID: "Cincin tidak tertutup"},
		Meaning: geo.Text{EN: "The last position of a ring differs from the first.", ID: "Posisi terakhir cincin berbeda dari posisi pertama."},
		Remedy:  geo.Text{EN: "Repeat the first position at the end. --fix does so.", ID: "Ulangi posisi pertama di akhir. --fix melakukannya."},
	}
	tooFewPoints = &Rule{
		Name: "too-few-points", Severity: Error, Title: geo.Text{EN: "Too few points", ID: "Titik terlalu sedikit"},
		Meaning: geo.Text{EN: "A ring needs three different positions, a line two.", ID: "Cincin memerlukan tiga posisi berbeda, garis dua."},
		Remedy:  geo.Text{EN: "Complete the boundary, or delete the part.", ID: "Lengkapi batasnya, atau hapus bagian itu."},
	}
	foldedBack = &Rule{
		Name: "folded-back", Severity: Error, Title: geo.Text{EN: "Boundary runs back over itself", ID: "Batas berbalik di atas dirinya"},
		Meaning: geo.Text{EN: "At a vertex the boundary turns and runs back over the edge it came by: a spike without width.", ID: "Di suatu titik, batas berbalik dan menyusuri kembali sisi yang baru dilaluinya: duri tanpa lebar."},
		Remedy:  geo.Text{EN: "Delete the vertex at the tip, if nothing is meant by it.", ID: "Hapus titik di ujungnya, bila memang tidak bermakna."},
	}
	selfIntersection = &Rule{
		Name: "self-intersection", Severity: Error, Title: geo.Text{EN: "Ring crosses itself", ID: "Cincin memotong dirinya"},
		Meaning: geo.Text{EN: "Two edges of one ring cross or run along each other, as in a bow tie: what is inside can't be told.", ID: "Dua sisi dari satu cincin berpotongan atau berimpit, seperti dasi kupu-kupu: bagian dalamnya tidak dapat ditentukan."},
		Remedy:  geo.Text{EN: "Look at the order of the vertices around the place: two are probably swapped.", ID: "Periksa urutan titik di sekitar tempat itu: mungkin ada dua yang tertukar."},
	}
	ringTouchesItself = &Rule{
		Name: "ring-touches-itself", Severity: Error, Title: geo.Text{EN: "Ring touches itself", ID: "Cincin menyentuh dirinya"},
		Meaning: geo.Text{EN: "A ring passes the same point twice. Such an area must be two parts, or a shell with a hole.", ID: "Sebuah cincin melewati titik yang sama dua kali. Area seperti itu harus dua bagian, atau batas luar dengan lubang."},
		Remedy:  geo.Text{EN: "Split the ring at the point, or move one of the two passages.", ID: "Pisahkan cincin di titik itu, atau geser salah satu lintasannya."},
	}
	ringsCross = &Rule{
		Name: "rings-cross", Severity: Error, Title: geo.Text{EN: "Rings of one polygon cross", ID: "Cincin satu poligon berpotongan"},
		Meaning: geo.Text{EN: "A hole crosses the shell or another hole, or runs along it.", ID: "Sebuah lubang memotong batas luar atau lubang lain, atau berimpit dengannya."},
		Remedy:  geo.Text{EN: "Cut the hole back to the shell, or join the two holes.", ID: "Potong lubang sampai batas luar, atau gabungkan kedua lubang."},
	}
	holeOutsideShell = &Rule{
		Name: "hole-outside-shell", Severity: Error, Title: geo.Text{EN: "Hole outside its polygon", ID: "Lubang di luar poligonnya"},
		Meaning: geo.Text{EN: "A hole lies outside the shell it belongs to.", ID: "Sebuah lubang terletak di luar batas luar tempatnya berada."},
		Remedy:  geo.Text{EN: "Make it a part of its own if it is land, else give it to the right shell.", ID: "Jadikan bagian tersendiri bila itu daratan; bila bukan, pindahkan ke batas luar yang benar."},
	}
	holesNested = &Rule{
		Name: "holes-nested", Severity: Error, Title: geo.Text{EN: "Hole within a hole", ID: "Lubang di dalam lubang"},
		Meaning: geo.Text{EN: "A hole lies within another hole of the same polygon.", ID: "Sebuah lubang terletak di dalam lubang lain dari poligon yang sama."},
		Remedy:  geo.Text{EN: "An island in a hole is a part of its own; else delete the inner ring.", ID: "Pulau di dalam lubang adalah bagian tersendiri; bila bukan, hapus cincin dalamnya."},
	}
	interiorDisconnected = &Rule{
		Name: "interior-disconnected", Severity: Error, Title: geo.Text{EN: "Interior cut in two", ID: "Bagian dalam terbelah"},
		Meaning: geo.Text{EN: "Rings touch in so many points that they cut the interior of the polygon in two.", ID: "Cincin bersentuhan di beberapa titik sehingga bagian dalam poligon terbelah dua."},
		Remedy:  geo.Text{EN: "Make each piece a part of its own.", ID: "Jadikan tiap potongan bagian tersendiri."},
	}
	partsOverlap = &Rule{
		Name: "parts-overlap", Severity: Error, Fixable: true, Title: geo.Text{EN: "Parts overlap", ID: "Bagian bertumpang tindih"},
		Meaning: geo.Text{EN: "Two parts of one multipolygon overlap, lie in each other, or share a piece of boundary.", ID: "Dua bagian dari satu multipoligon bertumpang tindih, saling memuat, atau berbagi sepenggal batas."},
		Remedy:  geo.Text{EN: "Join the parts into one: --fix does so where they have no other fault. If a hole was meant, make it one.", ID: "Gabungkan bagian-bagian itu menjadi satu: --fix melakukannya bila tidak ada kesalahan lain. Bila yang dimaksud lubang, jadikan lubang."},
	}
	tooIntricate = &Rule{
		Name: "too-intricate", Severity: Warning, Title: geo.Text{EN: "Not judged to the end", ID: "Tidak dinilai sampai selesai"},
		Meaning: geo.Text{EN: "The boundary winds over itself so much that looking at every crossing would take too long; what was found is listed, but there may be more.", ID: "Batas ini begitu berbelit sehingga memeriksa setiap perpotongan terlalu lama; yang ditemukan tercantum, tetapi mungkin ada lagi."},
		Remedy:  geo.Text{EN: "Look at the source of the layer: real boundaries are not like that.", ID: "Periksa asal lapisan ini: batas yang sebenarnya tidak seperti itu."},
	}
	duplicateVertices = &Rule{
		Name: "duplicate-vertices", Severity: Warning, Fixable: true, Title: geo.Text{EN: "Repeated vertices", ID: "Titik berulang"},
		Meaning: geo.Text{EN: "A position is repeated right after itself.", ID: "Sebuah posisi diulang tepat sesudahnya."},
		Remedy:  geo.Text{EN: "Delete the repetition. --fix does so.", ID: "Hapus pengulangannya. --fix melakukannya."},
	}
	spike = &Rule{
		Name: "spike", Severity: Warning, Title: geo.Text{EN: "Spike", ID: "Duri"},
		Meaning: geo.Text{EN: "The boundary runs out to a vertex and back at an angle under one degree, less than two metres apart.", ID: "Batas menjulur ke sebuah titik lalu kembali dengan sudut kurang dari satu derajat, berjarak kurang dari dua meter."},
		Remedy:  geo.Text{EN: "Compare with the source; if it is a slip of digitising, delete the vertex.", ID: "Bandingkan dengan sumbernya; bila kekeliruan digitasi, hapus titiknya."},
	}
	sliver = &Rule{
		Name: "sliver", Severity: Warning, Title: geo.Text{EN: "Sliver", ID: "Serpihan"},
		Meaning: geo.Text{EN: "A part or hole is a strip less than a few metres wide: mostly a remainder of cutting layers with each other.", ID: "Sebuah bagian atau lubang berupa pita selebar beberapa meter saja: biasanya sisa pemotongan antarlapisan."},
		Remedy:  geo.Text{EN: "Delete the part, or join it to its neighbour.", ID: "Hapus bagian itu, atau gabungkan dengan tetangganya."},
	}
	ringOrder = &Rule{
		Name: "ring-order", Severity: Note, Fixable: true, Title: geo.Text{EN: "Ring runs the other way", ID: "Arah cincin terbalik"},
		Meaning: geo.Text{EN: "RFC 7946 wants shells counterclockwise and holes clockwise. Files such as shapefiles do it the other way; the area is the same.", ID: "RFC 7946 meminta batas luar berlawanan arah jarum jam dan lubang searah jarum jam. Berkas seperti shapefile memakai arah sebaliknya; areanya sama."},
		Remedy:  geo.Text{EN: "Reverse the ring. --fix does so.", ID: "Balik arah cincin. --fix melakukannya."},
	}
	zDropped = &Rule{
		Name: "z-dropped", Severity: Warning, Title: geo.Text{EN: "Heights are lost", ID: "Ketinggian hilang"},
		Meaning: geo.Text{EN: "The geometry has heights, the collection has none: they are not stored.", ID: "Geometri punya ketinggian, koleksi tidak: nilainya tidak disimpan."},
		Remedy:  geo.Text{EN: "Import into a collection with Z if the heights matter.", ID: "Impor ke koleksi dengan Z bila ketinggian diperlukan."},
	}
	mDropped = &Rule{
		Name: "m-dropped", Severity: Warning, Title: geo.Text{EN: "Measures are lost", ID: "Nilai ukur (M) hilang"},
		Meaning: geo.Text{EN: "The geometry has measures (M), the collection has none: they are not stored.", ID: "Geometri punya nilai ukur (M), koleksi tidak: nilainya tidak disimpan."},
		Remedy:  geo.Text{EN: "Import into a collection with M if the measures matter.", ID: "Impor ke koleksi dengan M bila nilai ukur diperlukan."},
	}
)

var geometryRules = []*Rule{
	geometryMissing, geometriesMissing, geometryUnreadable, geometryType, coordinateNotFinite, ringNotClosed, tooFewPoints, foldedBack,
	selfIntersection, ringTouchesItself, ringsCross, holeOutsideShell, holesNested, interiorDisconnected, partsOverlap,
	tooIntricate, duplicateVertices, spike, sliver, ringOrder, zDropped, mDropped,
}
