package cartography

import (
	"math"
	"strconv"

	"kawasan/geo"
)

// The words of maps in both languages.
var (
	sayLegend     = geo.Text{EN: "Legend", ID: "Legenda"}
	sayWhere      = geo.Text{EN: "Where it lies", ID: "Petunjuk letak"}
	sayFirm       = geo.Text{EN: "Legal, official or surveyed boundary", ID: "Batas hukum, resmi, atau hasil survei"}
	sayBroken     = geo.Text{EN: "Any other boundary, such as a sketch", ID: "Batas lainnya, misalnya sketsa"}
	sayBand       = geo.Text{EN: "Soft band: how far the boundary may be off", ID: "Pita lembut: seberapa jauh batas dapat meleset"}
	sayHollow     = geo.Text{EN: "Hollow symbol: estimated position", ID: "Simbol berongga: posisi perkiraan"}
	sayLand       = geo.Text{EN: "Land (outlines of the regencies, generalised)", ID: "Daratan (garis kabupaten/kota, disederhanakan)"}
	sayNorth      = geo.Text{EN: "N", ID: "U"}
	sayScale      = geo.Text{EN: "Scale", ID: "Skala"}
	saySources    = geo.Text{EN: "Sources and licences", ID: "Sumber dan lisensi"}
	saySource     = geo.Text{EN: "source", ID: "sumber"}
	sayDated      = geo.Text{EN: "dated", ID: "bertanggal"}
	sayLicence    = geo.Text{EN: "licence", ID: "lisensi"}
	sayInstrument = geo.Text{EN: "legal instrument", ID: "dasar hukum"}
	sayChanged    = geo.Text{EN: "Data last changed", ID: "Data terakhir berubah"}
	sayProjection = geo.Text{EN: "Equirectangular projection, WGS84, true to scale at", ID: "Proyeksi ekuirektangular, WGS84, berskala benar pada"}
	sayOff        = geo.Text{EN: "The boundary or position may be off by up to", ID: "Batas atau posisi dapat meleset hingga"}
	sayUnknownOff = geo.Text{EN: "How far the boundary or position may be off is not known", ID: "Seberapa jauh batas atau posisi dapat meleset tidak diketahui"}
	sayNotDrawn   = geo.Text{EN: "not drawn", ID: "tidak digambar"}
	sayEnvelopes  = geo.Text{EN: "outer envelopes are not drawn", ID: "selubung terluar tidak digambar"}
	sayBeyond     = geo.Text{EN: "Land beyond the province: Natural Earth, public domain", ID: "Daratan di luar provinsi: Natural Earth, domain publik"}
	sayMapOf      = geo.Text{EN: "Map of", ID: "Peta"}
	saySurround   = geo.Text{EN: "with its neighbourhood", ID: "beserta sekitarnya"}
)

// degrees writes a longitude or latitude in degrees and minutes, and seconds where
// they are needed.
func degrees(v float64, isLatitude bool, lang string) string {
	side := [4]string{"E", "W", "N", "S"}
	if lang == "id" {
		side = [4]string{"BT", "BB", "LU", "LS"}
	}
	seconds := int(math.Round(math.Abs(v) * 3600))
	text := strconv.Itoa(seconds/3600) + "°"
	if m, s := seconds/60%60, seconds%60; s != 0 {
		text += pad(m) + "′" + pad(s) + "″"
	} else if m != 0 {
		text += pad(m) + "′"
	}
	i := 0
	if isLatitude {
		i = 2
	}
	if seconds == 0 {
		return text
	}
	if v < 0 {
		i++
	}
	return text + " " + side[i]
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
