package api

import "kawasan/geo"

// phrases are the words of pages and link titles in both languages, by their key.
func phrases() map[string]geo.Text {
	return map[string]geo.Text{
		"about": {
			EN: "Boundaries of the industrial zones of East Kalimantan with ports, mills, plantations and the new capital, each with its source and how far it can be trusted.",
			ID: "Batas kawasan industri Kalimantan Timur beserta pelabuhan, pabrik, perkebunan, dan Ibu Kota Nusantara, masing-masing dengan sumber dan tingkat kepercayaannya.",
		},
		"this document":               {EN: "this document", ID: "dokumen ini"},
		"this document as":            {EN: "this document as", ID: "dokumen ini sebagai"},
		"everything as":               {EN: "everything as", ID: "seluruhnya sebagai"},
		"next page":                   {EN: "next page", ID: "halaman berikutnya"},
		"previous page":               {EN: "previous page", ID: "halaman sebelumnya"},
		"vector tiles":                {EN: "vector tiles", ID: "petak vektor"},
		"tile grids":                  {EN: "tile grids", ID: "kisi petak"},
		"map styles":                  {EN: "map styles", ID: "gaya peta"},
		"interface description":       {EN: "interface description", ID: "deskripsi antarmuka"},
		"conformance":                 {EN: "conformance", ID: "kesesuaian standar"},
		"collections":                 {EN: "collections", ID: "koleksi"},
		"collection":                  {EN: "collection", ID: "koleksi"},
		"features":                    {EN: "features", ID: "fitur"},
		"features as GeoJSON":         {EN: "features as GeoJSON", ID: "fitur sebagai GeoJSON"},
		"features as a page":          {EN: "features as a page", ID: "fitur sebagai halaman"},
		"queryables":                  {EN: "queryables", ID: "atribut penyaring"},
		"schema":                      {EN: "schema", ID: "skema"},
		"sortables":                   {EN: "sortables", ID: "atribut pengurut"},
		"schema of a GeoJSON feature": {EN: "schema of a GeoJSON feature", ID: "skema fitur GeoJSON"},
		"choose":                      {EN: "Choose features", ID: "Pilih fitur"},
		"show":                        {EN: "Show", ID: "Tampilkan"},
		"page size":                   {EN: "features a page", ID: "fitur per halaman"},
		"sort by":                     {EN: "sort by", ID: "urutkan menurut"},
		"no features":                 {EN: "No feature fits.", ID: "Tidak ada fitur yang cocok."},
		"matched":                     {EN: "features match", ID: "fitur cocok"},
		"attribute":                   {EN: "attribute", ID: "atribut"},
		"value":                       {EN: "value", ID: "nilai"},
		"type":                        {EN: "type", ID: "tipe"},
		"meaning":                     {EN: "meaning", ID: "arti"},
		"licence":                     {EN: "licence", ID: "lisensi"},
		"links":                       {EN: "Links", ID: "Tautan"},
		"rank":                        {EN: "#", ID: "#"},
		"from":                        {EN: "From", ID: "Dari"},
		"to":                          {EN: "To", ID: "Ke"},
		"distance":                    {EN: "Distance", ID: "Jarak"},
		"at least":                    {EN: "At least", ID: "Paling dekat"},
		"at most":                     {EN: "At most", ID: "Paling jauh"},
		"over water":                  {EN: "Over water", ID: "Di atas air"},
		"certainty":                   {EN: "Certainty", ID: "Kepastian"},
		"unknown":                     {EN: "unknown", ID: "tidak diketahui"},
		"count":                       {EN: "Count", ID: "Jumlah"},
		"sums":                        {EN: "Sums", ID: "Total"},
		"not located":                 {EN: "Without a published position, so not measured", ID: "Tanpa posisi terpublikasi, sehingga tidak diukur"},
		"for the memo":                {EN: "For the memo", ID: "Untuk memo"},
		"notes":                       {EN: "What this rests on", ID: "Dasar jawaban ini"},
		"zones side by side":          {EN: "Zones side by side", ID: "Perbandingan kawasan"},
		"ranking":                     {EN: "Which suits best", ID: "Mana yang paling sesuai"},
		"zone":                        {EN: "Zone", ID: "Kawasan"},
		"score":                       {EN: "Score", ID: "Nilai"},
		"area":                        {EN: "Area", ID: "Luas"},
		"first":                       {EN: "First", ID: "Peringkat pertama"},
		"first survives":              {EN: "It stays first whatever the values are within their uncertainties.", ID: "Tetap pertama berapa pun nilainya dalam batas ketidakpastian."},
		"first does not survive":      {EN: "The uncertainties leave the first place open; possible instead or in doubt:", ID: "Ketidakpastian membuat peringkat pertama terbuka; kemungkinan lain atau yang diragukan:"},
		"excluded":                    {EN: "Excluded by a limit", ID: "Dikeluarkan oleh batas"},
		"smallest flip":               {EN: "Smallest change of one weight that puts another first", ID: "Perubahan terkecil satu bobot yang mengubah peringkat pertama"},
		"sources":                     {EN: "Data used", ID: "Data yang dipakai"},
		"map":                         {EN: "Map of the features on this page", ID: "Peta objek di halaman ini"},
		"map note":                    {EN: "Dashed: a sketch or an estimate, not an official boundary. Only the land of East Kalimantan is drawn. Each shape leads to its page.", ID: "Putus-putus: sketsa atau perkiraan, bukan batas resmi. Hanya daratan Kalimantan Timur yang digambar. Setiap bentuk menuju ke halamannya."},
		"to content":                  {EN: "Skip to content", ID: "Langsung ke isi"},
		"other forms":                 {EN: "Other forms", ID: "Bentuk lain"},
		"what would be right":         {EN: "What would be right", ID: "Yang benar"},
		"where":                       {EN: "Where", ID: "Letak"},
		"functions":                   {EN: "functions that filters may call", ID: "fungsi yang dapat dipakai penyaring"},
		"filter":                      {EN: "filter (CQL2)", ID: "penyaring (CQL2)"},
		"search":                      {EN: "words", ID: "kata"},
		"names":                       {EN: "Names for filters", ID: "Nama untuk penyaring"},
		"line":                        {EN: "line", ID: "baris"},
		"column":                      {EN: "column", ID: "kolom"},
		"not published":               {EN: "Not published", ID: "Tidak diterbitkan"},
		"note":                        {EN: "note", ID: "catatan"},
		"home":                        {EN: "home", ID: "beranda"},
	}
}

// say gives a phrase in the language of the answer.
func (x *exchange) say(key string) string {
	if t, ok := x.server.pages.phrases[key]; ok {
		return t.In(x.lang)
	}
	return key
}
