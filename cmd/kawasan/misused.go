package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"kawasan/geo"
)

// parserWords say in Indonesian what the parser of command lines says of the usual mistakes,
// around the names that are in it. The rest of what it can say stays English.
var parserWords = strings.NewReplacer(
	"missing flags: ", "opsi yang belum diisi: ",
	"missing positional arguments ", "argumen yang belum diisi: ",
	"unknown flag ", "opsi tidak dikenal: ",
	"unexpected argument ", "argumen tidak dikenal: ",
	", did you mean one of ", ", apakah maksud Anda salah satu dari ",
	", did you mean ", ", apakah maksud Anda ",
	" must be one of ", " harus salah satu dari ",
	"expected a valid 64 bit int", "diperlukan bilangan bulat",
	"expected a float", "diperlukan bilangan",
	"expected duration", "diperlukan lama waktu seperti 20s",
	"expected one of ", "diperlukan salah satu dari ",
	"expected \"", "diperlukan \"",
	" but got ", ", bukan ",
)

// misused says what is wrong with a command line, and where to look.
func misused(w io.Writer, err error, in tongue) {
	said := geo.Text{EN: err.Error(), ID: parserWords.Replace(err.Error())}.In(string(in))
	var own *geo.Error
	if errors.As(err, &own) {
		message, fix := in.fault(own)
		said = message + in.say("; needed: ", "; yang diperlukan: ") + fix
	}
	_, _ = fmt.Fprintf(w, "kawasan: %s\n%s\n", said, in.say("Try 'kawasan --help', or 'kawasan COMMAND --help'.", "Coba 'kawasan --help', atau 'kawasan PERINTAH --help'."))
}
