package api

import "kawasan/geo"

// answerPhrases are the words of answers to planners and of their pages.
func answerPhrases() map[string]geo.Text {
	return map[string]geo.Text{
		"low":                       {EN: "low", ID: "rendah"},
		"medium":                    {EN: "medium", ID: "sedang"},
		"high":                      {EN: "high", ID: "tinggi"},
		"estimated":                 {EN: "estimated", ID: "perkiraan"},
		"certain":                   {EN: "certain", ID: "pasti"},
		"likely":                    {EN: "likely", ID: "mungkin sekali"},
		"depends_on_boundary":       {EN: "depends on the boundary", ID: "tergantung batas"},
		"references":                {EN: "References and methods", ID: "Rujukan dan metode"},
		"looked for":                {EN: "looked for", ID: "yang dicari"},
		"data version":              {EN: "Data version", ID: "Versi data"},
		"change criteria":           {EN: "Change criteria and weights", ID: "Ubah kriteria dan bobot"},
		"criteria":                  {EN: "criteria (JSON)", ID: "kriteria (JSON)"},
		"weights":                   {EN: "weights, in the order of the criteria", ID: "bobot, sesuai urutan kriteria"},
		"rank anew":                 {EN: "Rank anew", ID: "Susun ulang peringkat"},
		"this answer on these data": {EN: "this answer on these data, however they change", ID: "jawaban ini dengan data ini, walau data berubah"},
	}
}
