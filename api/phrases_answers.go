package api

import "kawasan/geo"

// answerPhrases are the words of answers to planners and of their pages.
func answerPhrases() map[string]geo.Text {
	return map[string]geo.Text{
		"this answer on these data": {EN: "this answer on these data, however they change", ID: "jawaban ini dengan data ini, walau data berubah"},
	}
}
