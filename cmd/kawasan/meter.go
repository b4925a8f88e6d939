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
	in     tongue
	live   bool // out is a terminal
	quiet  bool
	target *target
	began  time.Time
	shown  time.Time

	done, total int64 // features; total is -1 when it isn't known
}

func newMeter(out io.Writer, in tongue, quiet bool, target *target) *meter {
	m := &meter{out: out, in: in, quiet: quiet, target: target, began: time.Now()}
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
	line := m.in.say("%s features", "%s objek", m.number(m.done))
	if m.total > 0 {
		line = m.in.say("%s of %s (%d %%) features", "%s dari %s (%d %%) objek", m.number(m.done), m.number(m.total), m.done*100/m.total)
	}
	rate := float64(m.done) / elapsed
	line += fmt.Sprintf(", %s/s, %s", m.number(int64(rate)), size(m.target.bytes, m.in))
	if left := float64(m.total-m.done) / rate; m.total > m.done && rate > 0 {
		line += m.in.say(", %.0f s left", ", %.0f detik lagi", left)
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
		name = m.in.say("standard output", "keluaran standar")
	}
	what := m.in.say("%s features", "%s objek", m.number(m.done))
	if layers > 1 {
		what += m.in.say(" of %d collections", " dari %d koleksi", layers)
	}
	_, _ = fmt.Fprintln(m.out, m.in.say("%s to %s: %s in %s s, %s features/s", "%s ke %s: %s dalam %s detik, %s objek/detik",
		what, name, size(m.target.bytes, m.in), m.in.fixed(elapsed, 1), m.number(int64(float64(m.done)/elapsed))))
}

func (m *meter) number(n int64) string { return m.in.says(wording.Count(n)) }

// size writes a number of bytes for people.
func size(n int64, in tongue) string {
	switch {
	case n < 1000:
		return in.say("%d bytes", "%d bita", n)
	case n < 1000_000:
		return in.fixed(float64(n)/1e3, 1) + " kB"
	case n < 1000_000_000:
		return in.fixed(float64(n)/1e6, 1) + " MB"
	}
	return in.fixed(float64(n)/1e9, 2) + " GB"
}

// rootCause is what the system says, without the names of files.
func rootCause(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number
	}
	return err
}
