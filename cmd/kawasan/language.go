package main

import (
	"os"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"kawasan/geo"
	"kawasan/geo/wording"
)

// tongue is the language of what is printed: en or id.
type tongue string

// say gives a text with its figures in the language.
func (t tongue) say(en, id string, args ...any) string {
	return wording.Say(en, id, args...).In(string(t))
}

// says is what is said in the language.
func (t tongue) says(what wording.Spoken) string { return what.In(string(t)) }

// fault says an error in the language: what is wrong, and what would be right.
func (t tongue) fault(e *geo.Error) (message, remedy string) {
	what, right := wording.Fault(e)
	return t.says(what), t.says(right)
}

// fixed writes a number with so many decimals, so that those of a column stand below each other.
func (t tongue) fixed(v float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', decimals, 64), ".", t.say(".", ","), 1)
}

// heads are the headings of a table: in capitals, a tab between.
func (t tongue) heads(titles ...geo.Text) string {
	all := wording.Join("\t", titles...)
	return strings.ToUpper(t.says(all))
}

// Headings of the tables.
var (
	headFrom     = geo.Text{EN: "from", ID: "dari"}
	headTo       = geo.Text{EN: "to", ID: "ke"}
	headID       = geo.Text{EN: "ID", ID: "ID"}
	headNumber   = geo.Text{EN: "#", ID: "#"}
	headDistance = geo.Text{EN: "distance", ID: "jarak"}
	headLeast    = geo.Text{EN: "at least", ID: "paling dekat"}
	headMost     = geo.Text{EN: "at most", ID: "paling jauh"}
	headWater    = geo.Text{EN: "over water", ID: "di atas air"}
	headAround   = geo.Text{EN: "around", ID: "di sekitar"}
	headWithin   = geo.Text{EN: "within", ID: "dalam jarak"}
	headArea     = geo.Text{EN: "area", ID: "luas"}
	headOther    = geo.Text{EN: "to", ID: "dengan"}
	headShared   = geo.Text{EN: "shared", ID: "luas bersama"}
	headOfFrom   = geo.Text{EN: "of from", ID: "bagian dari asal"}
	headOfTo     = geo.Text{EN: "of to", ID: "bagian dari objek lain"}
	headMeet     = geo.Text{EN: "that they meet", ID: "bahwa bertemu"}
	headZone     = geo.Text{EN: "zone", ID: "kawasan"}
	headScore    = geo.Text{EN: "score", ID: "skor"}
	headBetween  = geo.Text{EN: "between", ID: "antara"}
)

func (t tongue) unknown() string { return t.say("unknown", "tidak diketahui") }

func (t tongue) nothing() string { return t.say("(nothing)", "(tidak ada)") }

// unlocated names what could not be measured, and says how many there are besides.
func (t tongue) unlocated(names []string, more int) string {
	if more > 0 {
		names = append(names, t.say("%d more", "%d lainnya", more))
	}
	return t.say("Without a published position, so not measured: %s.", "Tanpa posisi terpublikasi, sehingga tidak diukur: %s.", strings.Join(names, "; "))
}

// languageFor gives the language in which a command was asked to speak, else that of the environment.
func languageFor(command *kong.Context) tongue {
	for _, flag := range command.Flags() {
		if flag.Name == "lang" {
			return tongue(flag.Target.String())
		}
	}
	return tongue(languageOf(os.Getenv))
}

// languageAsked gives the language that a command line asks for which can't be understood
// otherwise, else that of the environment.
func languageAsked(args []string, getenv func(string) string) tongue {
	for i, a := range args {
		asked, ok := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			asked, ok = args[i+1], true
		}
		if ok && (asked == "en" || asked == "id") {
			return tongue(asked)
		}
	}
	return tongue(languageOf(getenv))
}

// languageOf gives the language of the environment, en or id: of KAWASAN_LANG, else of
// LC_ALL, LC_MESSAGES or LANG, as POSIX wants it.
func languageOf(getenv func(string) string) string {
	if own := getenv("KAWASAN_LANG"); own == "en" || own == "id" {
		return own
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			if language, _, _ := strings.Cut(strings.NewReplacer(".", "_", "@", "_").Replace(locale), "_"); language == "id" {
				return "id"
			}
			return "en"
		}
	}
	return "en"
}
