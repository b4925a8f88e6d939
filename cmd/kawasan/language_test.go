package main

import "testing"

func TestLanguageOf(t *testing.T) {
	t.Parallel()
	tests := []struct{ all, messages, lang, want string }{
		{"", "", "", "en"},
		{"", "", "C.UTF-8", "en"},
		{"", "", "id_ID.UTF-8", "id"},
		{"", "", "id.UTF-8", "id"},
		{"", "", "de_DE", "en"},
		{"", "id_ID", "en_US.UTF-8", "id"},
		{"C", "id_ID", "id_ID", "en"},
	}
	for _, tt := range tests {
		environment := map[string]string{"LC_ALL": tt.all, "LC_MESSAGES": tt.messages, "LANG": tt.lang}
		if got := languageOf(func(name string) string { return environment[name] }); got != tt.want {
			t.Errorf("%+v: got %s", tt, got)
		}
	}
}
