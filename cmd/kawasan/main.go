// Command kawasan serves the industrial zones of East Kalimantan and what lies
// around them, and answers planners' questions on the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"kawasan/geo"
	"kawasan/geo/quality"
	"kawasan/geo/zone"
)

// version is set by the linker for releases.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// globals are the settings that all commands share. Each has an environment
// variable of the same name.
type globals struct {
	LogFormat string           `help:"Form of the log lines on standard error." enum:"text,json" default:"text" env:"KAWASAN_LOG_FORMAT"`
	LogLevel  string           `help:"The least important lines to log." enum:"debug,info,warn,error" default:"info" env:"KAWASAN_LOG_LEVEL"`
	Version   kong.VersionFlag `help:"Print the version and exit." short:"V"`
}

// cli is the whole command line.
type cli struct {
	globals
	Serve   serveCommand   `cmd:"" help:"Start the server (and, if no database is named, a private one)."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to the structure that this program needs, and stop."`
	Load    loadCommand    `cmd:"" help:"Load the data that come with the program."`
	Export  exportCommand  `cmd:"" help:"Write collections to a file: GeoPackage, shapefiles, Excel, GeoJSON ..."`
	Import  importCommand  `cmd:"" help:"Take boundary files into a collection: judged first, all or nothing."`
	Imports importsCommand `cmd:"" help:"What was imported, when, from which file?"`
	Quality qualityCommand `cmd:"" help:"Judge what is stored: boundaries, positions, attributes, neighbours."`
	Near    nearCommand    `cmd:"" help:"What is nearest to a feature or a point?"`
	Within  withinCommand  `cmd:"" help:"What lies within a distance, how many, and how much in all?"`
	Overlap overlapCommand `cmd:"" help:"Which areas does this share, and how much?"`
	Buffer  bufferCommand  `cmd:"" help:"The area within a distance of a feature or a point."`
	Compare compareCommand `cmd:"" help:"What is known of several zones, side by side?"`
	Matrix  matrixCommand  `cmd:"" help:"How far is each of these from each of those?"`
	Profile profileCommand `cmd:"" help:"What is known of a zone, and of what lies around it?"`
	Check   checkCommand   `cmd:"" help:"Which clients get to work with a server, and what does not?"`
	Rank    rankCommand    `cmd:"" help:"Which zone suits best, by criteria and weights?"`
}

const description = `Kawasan serves the industrial zones of East Kalimantan (Kariangau, Maloy, Buluminung) and the ports,
mills, plantations and the new capital around them, as OGC API Features, and measures between them.

To begin: 'kawasan serve', then open http://127.0.0.1:8080 in a browser. With no database named, kawasan runs
a private PostgreSQL with PostGIS in its data directory. Each flag of 'kawasan serve' is an environment variable
too: --listen is KAWASAN_LISTEN, --database-url is KAWASAN_DATABASE_URL, and so on.`

// run parses the arguments and runs one command. It gives the exit code: 0, 1
// for a failure, 2 for a wrong command line.
func run(ctx context.Context, args []string, std streams) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("kawasan"), kong.Description(description), vars(),
		kong.Writers(std.out, std.err), kong.Exit(func(code int) { exited = code }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(std))
	if err != nil {
		_, _ = fmt.Fprintln(std.err, "kawasan:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(positions(args))
	if exited >= 0 {
		return exited
	}
	if err != nil {
		misused(std.err, err, languageAsked(args, os.Getenv))
		return 2
	}
	command.Bind(c.logger(std.err))
	if err := ended(command.Command(), command.Run()); err != nil {
		report(std.err, err, languageFor(command), c.LogLevel == "debug")
		return 1
	}
	return 0
}

// ended is the error of a command for people. By a signal a server ends as it should, anything else before it is done.
func ended(command string, err error) error {
	switch {
	case !errors.Is(err, context.Canceled):
		return err
	case command == "serve":
		return nil
	}
	return geo.Errorf(geo.Unavailable, "the command was interrupted before it was done").Try("the same command again")
}

// vars are the values that the tags of the flags name.
func vars() kong.Vars {
	var reports []string
	for _, form := range quality.Forms() {
		reports = append(reports, string(form))
	}
	return kong.Vars{
		"version": version, "dataDir": defaultDataDir(), "lang": languageOf(os.Getenv), "reports": strings.Join(reports, ","),
		"zones": zone.DefaultCollection,
	}
}

// positions keeps positions that begin with a minus, as -78.5,-0.2, from being taken for flags.
func positions(args []string) []string {
	out := slices.Clone(args)
	for i, a := range out {
		if len(a) > 1 && a[0] == '-' && strings.ContainsRune("0123456789.", rune(a[1])) && strings.Contains(a, ",") {
			out[i] = " " + a
		}
	}
	return out
}

// report writes an error as one sentence with its remedy. The cause, which may be technical, is for debugging.
func report(w io.Writer, err error, in tongue, debug bool) {
	e := geo.AsError(err)
	message, fix := in.fault(e)
	if e.Code == geo.Internal { // on the command line the operator is the one who reads
		message = in.say("%s", "terjadi kesalahan di dalam program: %s", err.Error())
	}
	switch {
	case fix != "":
		message += in.say("; needed: ", "; yang diperlukan: ") + fix
	case e.Unwrap() != nil && e.Code != geo.Internal && !debug:
		message += in.say("; --log-level debug tells the cause", "; --log-level debug menyebutkan sebabnya")
	}
	_, _ = fmt.Fprintln(w, "kawasan:", message)
	if debug {
		_, _ = fmt.Fprintln(w, in.say("cause:", "sebab:"), err)
	}
}

func (g globals) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(g.LogLevel)) // the parser has checked it
	options := &slog.HandlerOptions{Level: level}
	if g.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
