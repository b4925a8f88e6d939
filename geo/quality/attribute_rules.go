package quality

import "kawasan/geo"

// The rules about the attributes of one feature.
var (
	idMissing = &Rule{
		Name: "id-missing", Severity: Error, Title: geo.Text{EN: "No id", ID: "Tanpa id"},
		Meaning: geo.Text{EN: "The feature has no id, by which it could be found and replaced later.", ID: "Fitur tidak punya id, padahal id diperlukan untuk menemukan dan menggantinya kelak."},
		Remedy:  geo.Text{EN: "Name a column with unique values as the id (--id).", ID: "Tunjuk kolom bernilai unik sebagai id (--id)."},
	}
	idUnusable = &Rule{
		Name: "id-unusable", Severity: Error, Title: geo.Text{EN: "Id can't be used", ID: "Id tidak dapat dipakai"},
		Meaning: geo.Text{EN: "Ids stand in addresses: at most 200 characters, no dots, slashes or control characters.", ID: "Id dipakai dalam alamat: paling banyak 200 karakter, tanpa titik, garis miring, atau karakter kendali."},
		Remedy:  geo.Text{EN: "Replace dots and slashes by hyphens.", ID: "Ganti titik dan garis miring dengan tanda hubung."},
	}
	nameMissing = &Rule{
		Name: "name-missing", Severity: Warning, Title: geo.Text{EN: "No name", ID: "Tanpa nama"},
		Meaning: geo.Text{EN: "People can't tell the feature from others without a name.", ID: "Tanpa nama, orang tidak dapat membedakan fitur ini dari yang lain."},
		Remedy:  geo.Text{EN: "Fill in the name, or map the column that holds it to name.", ID: "Isi namanya, atau petakan kolom yang memuatnya ke name."},
	}
	valueMissing = &Rule{
		Name: "value-missing", Severity: Error, Title: geo.Text{EN: "Required value missing", ID: "Nilai wajib kosong"},
		Meaning: geo.Text{EN: "An attribute that the collection requires has no value.", ID: "Atribut yang diwajibkan koleksi ini tidak bernilai."},
		Remedy:  geo.Text{EN: "Fill in the value.", ID: "Isi nilainya."},
	}
	valueUnknown = &Rule{
		Name: "value-unknown", Severity: Error, Title: geo.Text{EN: "Value not in the list", ID: "Nilai di luar daftar"},
		Meaning: geo.Text{EN: "The attribute takes only the values of a fixed list, and this is none of them.", ID: "Atribut ini hanya menerima nilai dari daftar tetap, dan nilai ini tidak ada di dalamnya."},
		Remedy:  geo.Text{EN: "Use one of the values listed.", ID: "Gunakan salah satu nilai dalam daftar."},
	}
	rowUnreadable = &Rule{
		Name: "row-unreadable", Severity: Error, Title: geo.Text{EN: "Row can't be read", ID: "Baris tidak terbaca"},
		Meaning: geo.Text{EN: "Something in a row, record or feature of the file is broken or not what its place is for, so that no feature can be made of it. The others are judged all the same.", ID: "Ada isi suatu baris, rekaman, atau fitur dalam berkas yang rusak atau tidak sesuai dengan tempatnya sehingga tidak dapat dijadikan fitur. Yang lain tetap dinilai."},
		Remedy:  geo.Text{EN: "Correct the row in the file, or export the layer again.", ID: "Perbaiki baris itu dalam berkas, atau ekspor ulang lapisannya."},
	}
	valueUnfit = &Rule{
		Name: "value-unfit", Severity: Error, Title: geo.Text{EN: "Value doesn't fit its column", ID: "Nilai tidak cocok dengan kolomnya"},
		Meaning: geo.Text{EN: "The value can't be turned into the type of its property without loss: words in a column of numbers, say.", ID: "Nilai tidak dapat diubah ke tipe propertinya tanpa kehilangan isi: misalnya kata dalam kolom bilangan."},
		Remedy:  geo.Text{EN: "Correct the value, or leave it empty.", ID: "Perbaiki nilainya, atau kosongkan."},
	}
	numberNotFinite = &Rule{
		Name: "number-not-finite", Severity: Error, Title: geo.Text{EN: "Number is none", ID: "Bukan bilangan"},
		Meaning: geo.Text{EN: "A numeric attribute is infinite or not a number.", ID: "Atribut bilangan bernilai tak hingga atau bukan bilangan."},
		Remedy:  geo.Text{EN: "Give the number, or nothing.", ID: "Isi bilangannya, atau kosongkan."},
	}
	uncertaintyUnusable = &Rule{
		Name: "uncertainty-unusable", Severity: Error, Title: geo.Text{EN: "Uncertainty is not positive", ID: "Ketidakpastian tidak positif"},
		Meaning: geo.Text{EN: "The uncertainty of the position is an upper bound in metres. Unknown is empty, never 0 or a negative marker such as -9999.", ID: "Ketidakpastian posisi adalah batas atas dalam meter. Bila tidak diketahui dikosongkan, bukan 0 atau penanda negatif seperti -9999."},
		Remedy:  geo.Text{EN: "Give a number above 0, or leave it empty.", ID: "Isi bilangan di atas 0, atau kosongkan."},
	}
	textUnreadable = &Rule{
		Name: "text-unreadable", Severity: Warning, Title: geo.Text{EN: "Unreadable text", ID: "Teks tidak terbaca"},
		Meaning: geo.Text{EN: "A text was read in the wrong code page, lost characters, or has control characters.", ID: "Teks terbaca dengan kode halaman yang salah, kehilangan huruf, atau mengandung karakter kendali."},
		Remedy:  geo.Text{EN: "Read the file again in its own code page (--encoding), or correct the text.", ID: "Baca ulang berkas dengan kode halamannya sendiri (--encoding), atau perbaiki teksnya."},
	}
	textBlanks = &Rule{
		Name: "text-blanks", Severity: Note, Fixable: true, Title: geo.Text{EN: "Blanks around a text", ID: "Spasi di tepi teks"},
		Meaning: geo.Text{EN: "A text begins or ends with blanks, so that filters and joins miss it.", ID: "Teks diawali atau diakhiri spasi sehingga luput dari saringan dan penggabungan."},
		Remedy:  geo.Text{EN: "Drop them. --fix does so.", ID: "Hapus spasinya. --fix melakukannya."},
	}
	textNotNormal = &Rule{
		Name: "text-not-normal", Severity: Note, Fixable: true, Title: geo.Text{EN: "Text not in normal form", ID: "Teks tidak dalam bentuk normal"},
		Meaning: geo.Text{EN: "Letters with marks are written in pieces, so that equal texts compare as different.", ID: "Huruf bertanda ditulis terpisah-pisah sehingga teks yang sama dianggap berbeda."},
		Remedy:  geo.Text{EN: "Bring the text to Unicode's normal form C. --fix does so.", ID: "Jadikan teks bentuk normal C Unicode. --fix melakukannya."},
	}
	dateImpossible = &Rule{
		Name: "date-impossible", Severity: Warning, Title: geo.Text{EN: "Impossible date", ID: "Tanggal mustahil"},
		Meaning: geo.Text{EN: "A date lies before 1800 or after 2200, is none in the calendar, or ends before it begins.", ID: "Tanggal berada sebelum 1800 atau sesudah 2200, tidak ada di kalender, atau berakhir sebelum bermula."},
		Remedy:  geo.Text{EN: "Compare with the document; day and month may be swapped.", ID: "Bandingkan dengan dokumennya; hari dan bulan mungkin tertukar."},
	}
	dateFuture = &Rule{
		Name: "date-future", Severity: Warning, Title: geo.Text{EN: "Date in the future", ID: "Tanggal di masa depan"},
		Meaning: geo.Text{EN: "A date of something that has happened, such as that of a source, lies in the future.", ID: "Tanggal sesuatu yang sudah terjadi, misalnya tanggal sumber, berada di masa depan."},
		Remedy:  geo.Text{EN: "Compare with the document.", ID: "Bandingkan dengan dokumennya."},
	}
	regionCodeUnknown = &Rule{
		Name: "region-code-unknown", Severity: Warning, Title: geo.Text{EN: "Unknown region code", ID: "Kode wilayah tidak dikenal"},
		Meaning: geo.Text{EN: "A region code has no valid form, is of no regency of the province, or is not that of the regency named beside it.", ID: "Kode wilayah tidak berbentuk benar, bukan kode kabupaten/kota di provinsi ini, atau bukan kode kabupaten/kota yang disebut di sampingnya."},
		Remedy:  geo.Text{EN: "Use the codes of the Ministry of Home Affairs (64.02, 64.02.01, 64.02.01.2001).", ID: "Gunakan kode Kemendagri (64.02, 64.02.01, 64.02.01.2001)."},
	}
	sourceMissing = &Rule{
		Name: "source-missing", Severity: Warning, Title: geo.Text{EN: "No source", ID: "Tanpa sumber"},
		Meaning: geo.Text{EN: "Nobody can check a boundary whose origin is not named.", ID: "Batas yang asalnya tidak disebut tidak dapat diperiksa siapa pun."},
		Remedy:  geo.Text{EN: "Name the document, map or office it comes from, with its date.", ID: "Sebutkan dokumen, peta, atau instansi asalnya beserta tanggalnya."},
	}
	licenceMissing = &Rule{
		Name: "licence-missing", Severity: Warning, Title: geo.Text{EN: "No licence", ID: "Tanpa lisensi"},
		Meaning: geo.Text{EN: "It is not said what others may do with the data.", ID: "Tidak disebutkan apa yang boleh dilakukan orang lain dengan data ini."},
		Remedy:  geo.Text{EN: "State the licence, or who gave leave.", ID: "Sebutkan lisensinya, atau siapa yang memberi izin."},
	}
	boundaryKindMissing = &Rule{
		Name: "boundary-kind-missing", Severity: Warning, Title: geo.Text{EN: "Kind of boundary not said", ID: "Jenis batas tidak disebut"},
		Meaning: geo.Text{EN: "Whether a boundary is legal, surveyed or a sketch decides what a distance to it is worth.", ID: "Apakah batas itu resmi, hasil ukur, atau sketsa menentukan arti jarak terhadapnya."},
		Remedy:  geo.Text{EN: "Fill in boundary_kind.", ID: "Isi boundary_kind."},
	}
	uncertaintyMissing = &Rule{
		Name: "uncertainty-missing", Severity: Warning, Title: geo.Text{EN: "Uncertainty not said", ID: "Ketidakpastian tidak disebut"},
		Meaning: geo.Text{EN: "Without position_uncertainty_m no answer can say how sure it is.", ID: "Tanpa position_uncertainty_m, jawaban apa pun tidak dapat menyatakan seberapa pasti."},
		Remedy:  geo.Text{EN: "Estimate how far the true boundary may lie from this one: 0.5 mm at the scale of the map is a start.", ID: "Perkirakan seberapa jauh batas sebenarnya dari batas ini: 0,5 mm pada skala peta dapat menjadi awal."},
	}
	areaDiffers = &Rule{
		Name: "area-differs", Severity: Warning, Title: geo.Text{EN: "Stated area is not the computed one", ID: "Luas tertulis berbeda dari luas hitungan"},
		Meaning: geo.Text{EN: "A stated area differs from that of the boundary by more than two percent and more than the uncertainty explains.", ID: "Luas yang tertulis berbeda lebih dari dua persen dari luas batasnya, dan lebih dari yang dijelaskan ketidakpastian."},
		Remedy:  geo.Text{EN: "Both are kept, neither is scaled. Check the unit, and whether the statement means the same boundary.", ID: "Keduanya disimpan, tidak ada yang diskalakan. Periksa satuannya, dan apakah pernyataan itu tentang batas yang sama."},
	}
)

var attributeRules = []*Rule{
	idMissing, idUnusable, nameMissing, valueMissing, rowUnreadable, valueUnfit, valueUnknown, numberNotFinite, uncertaintyUnusable, textUnreadable, textBlanks,
	textNotNormal, dateImpossible, dateFuture, regionCodeUnknown, sourceMissing, licenceMissing, boundaryKindMissing, uncertaintyMissing,
	areaDiffers,
}
