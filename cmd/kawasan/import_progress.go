package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"kawasan/geo"
	"kawasan/geo/intake"
)

// progressBar shows how far an import is: on a terminal a bar with rate and
// remaining time, elsewhere a plain line now and then.
type progressBar struct {
	out      io.Writer
	in       tongue
	terminal bool
	last     time.Time
	step     intake.Step
	drawn    bool
	from     time.Time // when the first features were there: opening a file tells nothing of the rate
	had      int64     // how many those were
}

func newProgressBar(out io.Writer, in tongue) *progressBar {
	b := &progressBar{out: out, in: in}
	if f, ok := out.(*os.File); ok {
		info, err := f.Stat()
		b.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
	}
	return b
}

// Between two lines, on a terminal and elsewhere.
const (
	redraw = 100 * time.Millisecond
	relog  = 10 * time.Second
)

// show draws, unless it was drawn just before.
func (b *progressBar) show(p intake.Progress) {
	now := time.Now()
	if p.Step == intake.Reading && b.from.IsZero() {
		b.from, b.had = now, p.Done
	}
	if !b.terminal && b.last.IsZero() {
		b.last = p.Began // a short import shows nothing
	}
	if since := now.Sub(b.last); !b.terminal && since < relog || since < redraw && p.Step == b.step {
		return
	}
	b.last, b.step = now, p.Step
	line := progressLine(b.in, p, now.Sub(p.Began), pace(p.Done-b.had, now.Sub(b.from)), b.terminal)
	if b.terminal {
		_, _ = fmt.Fprintf(b.out, "\r\x1b[K%s", line)
		b.drawn = true
		return
	}
	_, _ = fmt.Fprintln(b.out, line)
}

// end takes the bar away.
func (b *progressBar) end() {
	if b.drawn {
		_, _ = fmt.Fprint(b.out, "\r\x1b[K")
	}
}

// pace is how many features a second there were; 0 while that can't be told.
func pace(done int64, since time.Duration) float64 {
	if since < time.Second/2 {
		return 0
	}
	return float64(done) / since.Seconds()
}

// steps are what an import is doing, in words.
var steps = map[intake.Step]geo.Text{
	intake.Opening: {EN: "opening", ID: "membuka"},
	intake.Reading: {EN: "reading", ID: "membaca"},
	intake.Judging: {EN: "judging neighbours", ID: "menilai tetangga"},
	intake.Storing: {EN: "storing", ID: "menyimpan"},
}

// progressLine is what is shown.
func progressLine(in tongue, p intake.Progress, since time.Duration, rate float64, bar bool) string {
	var s strings.Builder
	if p.Step != intake.Reading || p.Done == 0 {
		return in.say("%s, %s features, %s", "%s, %s fitur, %s", steps[p.Step], fmt.Sprint(p.Done), since.Round(time.Second))
	}
	if p.Total > 0 {
		share := min(float64(p.Done)/float64(p.Total), 1)
		if bar {
			const width = 30
			full := int(share * width)
			s.WriteString("[" + strings.Repeat("#", full) + strings.Repeat(".", width-full) + "] ")
		}
		s.WriteString(in.say("%s %%  %s of %s", "%s %%  %s dari %s", fmt.Sprintf("%3.0f", share*100), fmt.Sprint(p.Done), fmt.Sprint(p.Total)))
	} else {
		s.WriteString(in.say("%s features", "%s fitur", fmt.Sprint(p.Done)))
	}
	if rate > 0 {
		s.WriteString(in.say("  %s/s", "  %s/dtk", fmt.Sprintf("%.0f", rate)))
	}
	if p.Total > p.Done && rate > 0 {
		left := time.Duration(float64(p.Total-p.Done) / rate * float64(time.Second))
		s.WriteString(in.say("  %s left", "  sisa %s", left.Round(time.Second)))
	}
	return s.String()
}
