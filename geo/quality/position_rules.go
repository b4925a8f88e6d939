package quality

import "kawasan/geo"

// The rules about where a feature lies.
var (
	coordinatesSwapped = &Rule{
		Name: "coordinates-swapped", Severity: Error, Title: geo.Text{EN: "Latitude and longitude swapped", ID: "Lintang dan bujur tertukar"},
		Meaning: geo.Text{EN: "The position lies outside Indonesia, and inside the province once its two coordinates are swapped.", ID: "Posisi berada di luar Indonesia, dan berada di dalam provinsi bila kedua koordinatnya ditukar."},
		Remedy:  geo.Text{EN: "Swap the columns or coordinates: longitude first.", ID: "Tukar kolom atau koordinatnya: bujur lebih dahulu."},
	}
	coordinateSign = &Rule{
		Name: "coordinate-sign", Severity: Error, Title: geo.Text{EN: "Sign lost", ID: "Tanda hilang"},
		Meaning: geo.Text{EN: "The position lies outside Indonesia, and inside the province with the other sign.", ID: "Posisi berada di luar Indonesia, dan berada di dalam provinsi bila tandanya dibalik."},
		Remedy:  geo.Text{EN: "South (LS) is negative, east (BT) positive.", ID: "Lintang selatan (LS) negatif, bujur timur (BT) positif."},
	}
	coordinateDigits = &Rule{
		Name: "coordinate-digits", Severity: Error, Title: geo.Text{EN: "Decimal point or digits lost", ID: "Tanda desimal atau angka hilang"},
		Meaning: geo.Text{EN: "The position lies outside Indonesia, and inside the province once the decimal point is moved, or degrees, minutes and seconds that run together are taken apart.", ID: "Posisi berada di luar Indonesia, dan berada di dalam provinsi bila tanda desimalnya digeser, atau derajat, menit, dan detik yang menyatu dipisahkan."},
		Remedy:  geo.Text{EN: "Compare with the source; a spreadsheet often drops the point.", ID: "Bandingkan dengan sumbernya; lembar kerja sering menghilangkan tanda desimal."},
	}
	coordinatesProjected = &Rule{
		Name: "coordinates-projected", Severity: Error, Title: geo.Text{EN: "Metres taken for degrees", ID: "Meter dianggap derajat"},
		Meaning: geo.Text{EN: "The coordinates are no degrees, but metres of a projected system that put the feature into the province.", ID: "Koordinat ini bukan derajat, melainkan meter dari sistem proyeksi yang menempatkan fitur di dalam provinsi."},
		Remedy:  geo.Text{EN: "Name the coordinate reference system (--crs).", ID: "Sebutkan sistem referensi koordinatnya (--crs)."},
	}
	positionUnplaced = &Rule{
		Name: "position-unplaced", Severity: Error, Title: geo.Text{EN: "Position outside its reference system", ID: "Posisi di luar sistem referensinya"},
		Meaning: geo.Text{EN: "The coordinates can't be turned into longitude and latitude: they are none of the system that the file names.", ID: "Koordinat tidak dapat diubah menjadi bujur dan lintang: bukan koordinat dari sistem yang disebut berkas."},
		Remedy:  geo.Text{EN: "Name the system that the coordinates are in (--crs).", ID: "Sebutkan sistem koordinat yang sebenarnya (--crs)."},
	}
	coordinateOutOfRange = &Rule{
		Name: "coordinate-out-of-range", Severity: Error, Title: geo.Text{EN: "Not on earth", ID: "Tidak ada di bumi"},
		Meaning: geo.Text{EN: "A longitude exceeds 180 or a latitude 90 degrees, and no simple correction puts the feature into the province.", ID: "Bujur melebihi 180 atau lintang melebihi 90 derajat, dan tidak ada koreksi sederhana yang menempatkan fitur di dalam provinsi."},
		Remedy:  geo.Text{EN: "Give coordinates as longitude, latitude in degrees, or name their system (--crs).", ID: "Berikan koordinat sebagai bujur, lintang dalam derajat, atau sebutkan sistemnya (--crs)."},
	}
	outsideProvince = &Rule{
		Name: "outside-province", Severity: Warning, Title: geo.Text{EN: "Outside the province", ID: "Di luar provinsi"},
		Meaning: geo.Text{EN: "The feature lies outside East Kalimantan and its sea.", ID: "Fitur berada di luar Kalimantan Timur dan lautnya."},
		Remedy:  geo.Text{EN: "If it belongs to the province, look at the corrections that the message names.", ID: "Bila termasuk provinsi ini, lihat koreksi yang disebut dalam pesan."},
	}
	vertexAstray = &Rule{
		Name: "vertex-astray", Severity: Warning, Title: geo.Text{EN: "Vertex far from the others", ID: "Titik jauh dari yang lain"},
		Meaning: geo.Text{EN: "The feature lies in the province but for a few vertices far outside, such as one at 0, 0; or one corner of a ring lies far from all others.", ID: "Fitur berada di dalam provinsi kecuali beberapa titik yang jauh di luar, misalnya di 0, 0; atau satu sudut cincin berada jauh dari semua yang lain."},
		Remedy:  geo.Text{EN: "Correct the vertex, or delete it.", ID: "Perbaiki titik itu, atau hapus."},
	}
	outsideRegency = &Rule{
		Name: "outside-regency", Severity: Warning, Title: geo.Text{EN: "Outside the regency or district it names", ID: "Di luar kabupaten atau kecamatan yang disebutnya"},
		Meaning: geo.Text{EN: "The feature names a regency or district but lies outside it, by more than the uncertainties explain.", ID: "Fitur menyebut suatu kabupaten/kota atau kecamatan tetapi berada di luarnya, lebih jauh daripada yang dijelaskan ketidakpastian."},
		Remedy:  geo.Text{EN: "One of the two is wrong: look at sign and digits of the position first.", ID: "Salah satunya keliru: periksa dahulu tanda dan angka posisinya."},
	}
)

var positionRules = []*Rule{
	coordinatesSwapped, coordinateSign, coordinateDigits, coordinatesProjected, positionUnplaced, coordinateOutOfRange, outsideProvince, vertexAstray, outsideRegency,
}
