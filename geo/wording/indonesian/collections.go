package indonesian

// collections are the words of collections, features and versions.
var collections = map[string]string{
	"one of the collections listed at /collections":                                                "salah satu koleksi yang terdaftar di /collections",
	"did you mean %s? All collections are listed at /collections":                                  "apakah maksud Anda %s? Semua koleksi terdaftar di /collections",
	"there is no collection %q":                                                                    "tidak ada koleksi %q",
	"something went wrong here; the operator's log has the details":                                "terjadi kesalahan di sini; rinciannya ada di catatan operator",
	"an id that /collections/%s/items lists":                                                       "id yang terdaftar di /collections/%s/items",
	"collection %q has no feature %q":                                                              "koleksi %q tidak memiliki fitur %q",
	"the version that an answer states, such as zones:12,ports:3":                                  "versi yang disebut suatu jawaban, misalnya zones:12,ports:3",
	"%q is not a version of the data":                                                              "%q bukan versi data",
	"the version of %q is given twice":                                                             "versi %q diberikan dua kali",
	"more than %d collections are named":                                                           "lebih dari %d koleksi disebut",
	"%s, for the data of then in the columns and words of now; or no version, for the data of now": "%s, untuk data waktu itu dalam kolom dan kata-kata sekarang; atau tanpa version, untuk data sekarang",
	"the columns of %q, or the words for them, have changed since version %d, so that answer can't be repeated as it was": "kolom %q, atau kata-kata untuknya, telah berubah sejak versi %d, sehingga jawaban itu tidak dapat diulang sebagaimana adanya",
	"changes to the collection %q are not tracked, so it has no earlier versions":                                         "perubahan pada koleksi %q tidak dicatat, sehingga tidak ada versi sebelumnya",

	"collection %q has no property %q": "koleksi %q tidak memiliki atribut %q",

	"the table %q is not published as a collection: %s":                                       "tabel %q tidak diterbitkan sebagai koleksi: %s",
	"the collection %q can't be served now: %s":                                               "koleksi %q tidak dapat disajikan sekarang: %s",
	"the table or view mended by whoever keeps it in the database; it appears by itself then": "tabel atau view diperbaiki oleh pengelolanya di basis data; koleksi lalu muncul dengan sendirinya",
}
