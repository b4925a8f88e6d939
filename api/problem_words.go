package api

import (
	"net/http"

	"kawasan/geo"
)

// statusTitles say a status in words.
var statusTitles = map[int]geo.Text{
	http.StatusBadRequest:                  {EN: "Bad Request", ID: "Permintaan tidak tepat"},
	http.StatusUnauthorized:                {EN: "Unauthorized", ID: "Perlu kunci"},
	http.StatusNotFound:                    {EN: "Not Found", ID: "Tidak ditemukan"},
	http.StatusMethodNotAllowed:            {EN: "Method Not Allowed", ID: "Metode tidak diizinkan"},
	http.StatusNotAcceptable:               {EN: "Not Acceptable", ID: "Bentuk tidak tersedia"},
	http.StatusRequestTimeout:              {EN: "Request Timeout", ID: "Permintaan terlalu lama"},
	http.StatusConflict:                    {EN: "Conflict", ID: "Bertentangan dengan keadaan data"},
	http.StatusRequestEntityTooLarge:       {EN: "Request Entity Too Large", ID: "Terlalu besar"},
	http.StatusRequestURITooLong:           {EN: "Request URI Too Long", ID: "Alamat terlalu panjang"},
	http.StatusRequestHeaderFieldsTooLarge: {EN: "Request Header Fields Too Large", ID: "Alamat dan tajuk terlalu panjang"},
	http.StatusInternalServerError:         {EN: "Internal Server Error", ID: "Gangguan pada server"},
	http.StatusServiceUnavailable:          {EN: "Service Unavailable", ID: "Layanan sedang tidak tersedia"},
	http.StatusGatewayTimeout:              {EN: "Gateway Timeout", ID: "Jawaban terlalu lama"},
}

// problemWords say in Indonesian what people who follow links and fill in forms may be
// told: by the English format of a message or remedy, the Indonesian one with the same
// values. What is not here is for programs, and stays English.
var problemWords = map[string]string{
	"%s": "%s",

	// Addresses and names.
	"there is nothing at this address":                                     "tidak ada apa pun di alamat ini",
	"start at the landing page / or see the interface description at /api": "mulailah dari beranda / atau lihat deskripsi antarmuka di /api",
	"there is no collection %q":                                            "tidak ada koleksi %q",
	"one of the collections listed at /collections":                        "salah satu koleksi yang terdaftar di /collections",
	"collection %q has no feature %q":                                      "koleksi %q tidak memiliki fitur %q",
	"the collection %q has no feature %q":                                  "koleksi %q tidak memiliki fitur %q",
	"an id that /collections/%s/items lists":                               "id yang terdaftar di /collections/%s/items",
	"the ids of this collection are whole numbers":                         "id dalam koleksi ini berupa bilangan bulat",
	"there is no %s %q":                                                    "tidak ada %s %q",
	"%s has no position and so no map":                                     "%s tidak memiliki posisi sehingga tidak ada petanya",
	"collection %q has no geometry and so no map":                          "koleksi %q tidak memiliki geometri sehingga tidak ada petanya",
	"collection %q has no geometry and so no tiles":                        "koleksi %q tidak memiliki geometri sehingga tidak ada petaknya",
	"this method is not offered here":                                      "metode ini tidak tersedia di sini",
	"the map application has no file %q":                                   "aplikasi peta tidak memiliki berkas %q",
	"reloading the map":                                                    "muat ulang peta",
	"one of the methods that Allow lists; a filter goes into the parameter filter of a GET request": "salah satu metode dalam Allow; penyaring ditulis pada parameter filter dari permintaan GET",

	// Parameters.
	"there is no parameter %q here": "tidak ada parameter %q di sini",
	"did you mean %s?":              "apakah maksud Anda %s?",
	"one of %s":                     "salah satu dari %s",
	"%s is missing":                 "%s belum diisi",
	"%s is empty":                   "%s kosong",
	"%s, or no %s at all":           "%s, atau tanpa %s sama sekali",
	"%s is %q":                      "%s berisi %q",
	"%s has %d values":              "%s memiliki %d nilai",
	"%s is given twice with different values": "%s diberikan dua kali dengan nilai berbeda",
	"give it once":                                                           "berikan sekali saja",
	"collection %s has no property %q":                                       "koleksi %s tidak memiliki atribut %q",
	"the property %q %s":                                                     "atribut %q: %s",
	"the reference system %q is not offered":                                 "sistem referensi %q tidak tersedia",
	"%q is neither an instant nor a day":                                     "%q bukan waktu dan bukan hari",
	"the cursor is not one that this service gave out":                       "kursor ini tidak pernah dikeluarkan oleh layanan ini",
	"the cursor belongs to another query, or was changed":                    "kursor ini milik permintaan lain atau telah diubah",
	"follow a next or prev link as it is, or leave cursor out to begin anew": "ikuti tautan berikutnya atau sebelumnya apa adanya, atau hilangkan cursor untuk mulai dari awal",
	"keep filter, sortby, bbox, datetime and property parameters as they were, or leave cursor out to begin anew": "biarkan filter, sortby, bbox, datetime, dan parameter atribut seperti semula, atau hilangkan cursor untuk mulai dari awal",
	"q is too long":                "q terlalu panjang",
	"at most %d words in %d bytes": "paling banyak %d kata dalam %d bita",

	// Questions of distance.
	"it is not said where to measure from":                                    "tempat asal pengukuran tidak disebut",
	"name a feature such as zones/kik, a collection, or lon,lat":              "sebut fitur seperti zones/kik, koleksi, atau bujur,lintang",
	"it is not said what to look for":                                         "yang dicari tidak disebut",
	"name a collection such as ports":                                         "sebut koleksi seperti ports",
	"no distance is given":                                                    "jarak tidak diberikan",
	"no radius is given":                                                      "radius tidak diberikan",
	"write a number and a unit, for example 50km":                             "tulis angka dan satuannya, misalnya 50km",
	"write a number and a unit, for example 10km":                             "tulis angka dan satuannya, misalnya 10km",
	"write a number and a unit, m, km or nm, for example 50km":                "tulis angka dan satuannya, m, km, atau nm, misalnya 50km",
	"%q is not a distance":                                                    "%q bukan jarak",
	"%q is not a distance: the decimal sign is a point":                       "%q bukan jarak: tanda desimalnya titik",
	"the distance %q is negative":                                             "jarak %q negatif",
	"the distance %q has no unit":                                             "jarak %q tidak bersatuan",
	"%q is not a unit of distance":                                            "%q bukan satuan jarak",
	"the distance is longer than half way round the earth":                    "jaraknya lebih dari setengah keliling bumi",
	"give at most %.0f km":                                                    "berikan paling banyak %.0f km",
	"max_distance is 0":                                                       "max_distance bernilai 0",
	"a distance above 0, such as 100km":                                       "jarak lebih dari 0, misalnya 100km",
	"the collection %q is named twice":                                        "koleksi %q disebut dua kali",
	"the collection %q has no geometry, so nothing in it is near anything":    "koleksi %q tidak memiliki geometri, sehingga tidak ada jarak ke isinya",
	"there is nothing to measure from: no feature matches":                    "tidak ada tempat asal pengukuran: tidak ada fitur yang cocok",
	"%d nearest can't be given":                                               "%d terdekat tidak dapat diberikan",
	"the position %v %v is no longitude and latitude":                         "posisi %v %v bukan bujur dan lintang",
	"write longitude first: %g,%g":                                            "tulis bujur dahulu: %g,%g",
	"a property that all collections in to have, or one collection at a time": "atribut yang dimiliki semua koleksi dalam to, atau satu koleksi saja",

	// Zones.
	"no zones are named":                            "tidak ada kawasan yang disebut",
	"ids separated by commas, such as kik,kib":      "id yang dipisahkan koma, misalnya kik,kib",
	"the zone %q is named twice":                    "kawasan %q disebut dua kali",
	"there is nothing to rank: no feature matches":  "tidak ada yang dapat diperingkat: tidak ada fitur yang cocok",
	"no criteria are given":                         "tidak ada kriteria",
	"the weights sum to 0":                          "jumlah bobotnya 0",
	"give at least one criterion a weight above 0":  "beri paling sedikit satu kriteria bobot di atas 0",
	"the weight of %q is not a number of 0 or more": "bobot %q bukan angka 0 atau lebih",
	"two criteria are called %q":                    "dua kriteria bernama %q",
	"give each its own name":                        "beri masing-masing nama sendiri",
	"a number with a unit, such as 50 km":           "angka dengan satuannya, misalnya 50 km",
	"a number of 0 or more":                         "angka 0 atau lebih",
	"one of the choices of the form":                "salah satu pilihan pada formulir",

	// The service itself.
	"something went wrong here; the operator's log has the details":    "terjadi kesalahan di sini; rinciannya ada di catatan operator",
	"the answer takes longer than is allowed":                          "jawaban memakan waktu lebih lama daripada yang diizinkan",
	"ask for less: a smaller bbox, a lower limit or a narrower filter": "minta lebih sedikit: bbox lebih kecil, limit lebih rendah, atau penyaring lebih sempit",
	"the service is not ready":                                         "layanan belum siap",
	"other maps are being drawn":                                       "peta lain sedang digambar",
	"as many files are being made as this server makes at once":        "server sedang membuat berkas sebanyak yang dapat dibuatnya sekaligus",
	"ask again in a few seconds":                                       "coba lagi dalam beberapa detik",
	"the same again in a moment":                                       "coba lagi sebentar lagi",
	"the same request a little later":                                  "permintaan yang sama beberapa saat lagi",
}
