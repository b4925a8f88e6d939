package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"kawasan/geo/wording"
)

// meter shows how far a long work has come, on a terminal; elsewhere it only says
// at the end what was done.
type meter struct {
	out    io.Writer
	live   bool // out is a terminal
	quiet  bool
	target *target
	began  time.Time
	shown  time.Time

	done, total int64 // features; total is -1 when it isn't known
}

func newMeter(out io.Writer, quiet bool, target *target) *meter {
	m := &meter{out: out, quiet: quiet, target: target, began: time.Now()}
	if file, ok := out.(*os.File); ok && !quiet {
		about, err := file.Stat()
		m.live = err == nil && about.Mode()&os.ModeCharDevice != 0
	}
	return m
}

// expect adds to what is to be done; -1 when it isn't known.
func (m *meter) expect(n int64) {
	if n < 0 || m.total < 0 {
		m.total = -1
		return
	}
	m.total += n
}

// count notes one feature more.
func (m *meter) count() {
	m.done++
	if m.live && m.done%256 == 0 && time.Since(m.shown) > 200*time.Millisecond {
		m.say("")
	}
}

// say shows the state, with a word about it.
func (m *meter) say(word string) {
	if !m.live {
		return
	}
	m.shown = time.Now()
	elapsed := time.Since(m.began).Seconds()
	line := grouped(m.done)
	if m.total > 0 {
		line += fmt.Sprintf(" of %s (%d %%)", grouped(m.total), m.done*100/m.total)
	}
	rate := float64(m.done) / elapsed
	line += fmt.Sprintf(" features, %s/s, %s", grouped(int64(rate)), size(m.target.bytes))
	if left := float64(m.total-m.done) / rate; m.total > m.done && rate > 0 {
		line += fmt.Sprintf(", %.0f s left", left)
	}
	if word != "" {
		line += ", " + word
	}
	_, _ = fmt.Fprintf(m.out, "\r\x1b[K%s", line)
}

// clear takes the line away.
func (m *meter) clear() {
	if m.live {
		_, _ = fmt.Fprint(m.out, "\r\x1b[K")
	}
}

// finish says what was done.
func (m *meter) finish(name string, layers int) {
	if m.quiet {
		return
	}
	m.clear()
	elapsed := max(time.Since(m.began).Seconds(), 1e-3)
	if name == "-" {
		name = "standard output"
	}
	what := fmt.Sprintf("%s features", grouped(m.done))
	if layers > 1 {
		what += fmt.Sprintf(" of %d collections", layers)
	}
	_, _ = fmt.Fprintf(m.out, "%s to %s: %s in %.1f s, %s features/s\n", what, name, size(m.target.bytes), elapsed, grouped(int64(float64(m.done)/elapsed)))
}

// grouped writes a number with thousands apart.
func grouped(n int64) string { return wording.Count(n).In("en") }

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1000)
	case n < 1000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.2f GB", float64(n)/1e9)
}

// rootCause is what the system says, without the names of files.
func rootCause(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number
	}
	return err
}
