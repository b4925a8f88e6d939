package main

import (
	"context"
	"strings"
	"testing"
)

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

// A command line that can't be understood still says in which language to answer.
func TestLanguageAsked(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args string
		own  string
		want tongue
	}{
		{"near a", "", "en"},
		{"near a --lang id", "", "id"},
		{"near a --lang=id", "en", "id"},
		{"near a --lang=de", "id", "id"},
		{"near a --lang", "", "en"},
		{"serve", "id", "id"},
	}
	for _, tt := range tests {
		getenv := func(name string) string {
			if name == "KAWASAN_LANG" {
				return tt.own
			}
			return ""
		}
		if got := languageAsked(strings.Fields(tt.args), getenv); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.args, got, tt.want)
		}
	}
}

// Errors are said in the language, those of settings and of packages below alike.
func TestErrorsInIndonesian(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"check --lang id nowhere":                              "kawasan: alamat \"nowhere\" bukan alamat server; yang diperlukan: URL seperti http://127.0.0.1:8080\n",
		"near zones/kik --to ports --pool-size 0 --lang=id":    "kawasan: --pool-size bernilai 0; yang diperlukan: 1 atau lebih\nCoba 'kawasan --help', atau 'kawasan PERINTAH --help'.\n",
		"export zones -o x.unknown --lang id":                  "kawasan: nama x.unknown tidak menyebutkan format yang dipakai; yang diperlukan: --format",
		"export zones -o x.gpkg --lang id --database-url x://": "kawasan: URL basis data tidak terbaca; yang diperlukan: URL seperti postgres://",
		"near zones/kik --lang id":                             "kawasan: opsi yang belum diisi: --to=COLLECTION,...\nCoba",
		"near zones/kik --lang id --too ports":                 "kawasan: opsi tidak dikenal: --too, apakah maksud Anda \"--to\"?\nCoba",
		"near zones/kik --to a --lang id -k b":                 "kawasan: --k: diperlukan bilangan bulat, bukan \"b\"",
		"near zones/kik --to a --lang id -f b":                 "kawasan: --format harus salah satu dari",
	} {
		var out, err strings.Builder
		if code := run(context.Background(), strings.Fields(args), streams{strings.NewReader(""), &out, &err}); code == 0 || !strings.HasPrefix(err.String(), want) {
			t.Errorf("%s: got %d, %q, want %q", args, code, err.String(), want)
		}
	}
}
