package localpg

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
)

// output passes the server's messages to the log, line by line, and keeps the
// last ones to tell why it ended.
type output struct {
	log *slog.Logger

	mu   sync.Mutex
	part []byte
	last []string
}

// The bounds of what is kept: lines, and bytes of one line.
const (
	keptLines = 40
	lineBytes = 4096
)

// Write implements io.Writer and never fails.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := len(p)
	for len(p) > 0 {
		line, rest, whole := bytes.Cut(p, []byte("\n"))
		if room := lineBytes - len(o.part); len(line) > room {
			line = line[:room]
		}
		o.part = append(o.part, line...)
		if whole {
			o.line(string(o.part))
			o.part = o.part[:0]
		}
		p = rest
	}
	return n, nil
}

func (o *output) line(text string) {
	if text = strings.ToValidUTF8(strings.TrimSpace(text), "�"); text == "" {
		return
	}
	if len(o.last) == keptLines {
		o.last = append(o.last[:0], o.last[1:]...)
	}
	o.last = append(o.last, text)
	o.log.Log(context.Background(), severity(text), text, "from", "postgres")
}

// severity maps PostgreSQL's levels. What a client did wrong is for that client
// to tell; here only the server's own trouble is one.
func severity(line string) slog.Level {
	level, _, _ := strings.Cut(line, ":")
	switch level {
	case "PANIC":
		return slog.LevelError
	case "FATAL", "WARNING":
		return slog.LevelWarn
	default:
		return slog.LevelDebug
	}
}

// tail is what was said last.
func (o *output) tail() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Join(o.last, "\n")
}
