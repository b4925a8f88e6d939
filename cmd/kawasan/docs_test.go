package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

// example is a command of a page of documentation with what it is said to print.
type example struct{ command, output string }

// examplesOf reads the commands of a page: blocks of console with lines "$ bin/kawasan ...".
func examplesOf(page string) []example {
	var all []example
	for _, block := range strings.Split(page, "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for _, one := range strings.Split("\n"+block, "\n$ ")[1:] {
			lines := strings.SplitAfter(one, "\n")
			end := 0
			for quoted := 0; end < len(lines); end++ { // a command goes on after a backslash, and until its quotes are closed
				quoted += strings.Count(lines[end], "'")
				if quoted%2 == 0 && !strings.HasSuffix(strings.TrimRight(lines[end], "\n"), `\`) {
					break
				}
			}
			end = min(end+1, len(lines))
			all = append(all, example{strings.Join(lines[:end], ""), strings.Join(lines[end:], "")})
		}
	}
	return all
}

// shellWords divides a command as a shell does, for quotes and backslashes.
func shellWords(command string) []string {
	var words []string
	var word strings.Builder
	quote, open := byte(0), false
	for i := 0; i < len(command); i++ {
		switch c := command[i]; {
		case c == quote:
			quote = 0
		case quote != 0:
			word.WriteByte(c)
		case c == '\'' || c == '"':
			quote, open = c, true
		case c == '\\' && i+1 < len(command):
			if i++; command[i] != '\n' {
				word.WriteByte(command[i])
				open = true
			}
		case c == ' ' || c == '\n':
			if open {
				words = append(words, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteByte(c)
			open = true
		}
	}
	if open {
		words = append(words, word.String())
	}
	return words
}

// dataVersion is how an answer names the data that it rests on: they are loaded anew for a test.
var dataVersion = regexp.MustCompile(`\b[a-z_]+:\d+-[0-9a-f]{4}\b`)

// level makes texts comparable: white space and the versions of the data don't count.
func level(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.ReplaceAll(dataVersion.ReplaceAllString(text, "V"), ", V", ",V")
}

// What the pages for readers and planners show is what the commands print; "..." stands for what is left out.
func TestExamplesForPlanners(t *testing.T) {
	t.Parallel()
	server := serveShipped(t)
	var examples []example
	for _, page := range []string{"../../README.md", "../../docs/proximity.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		examples = append(examples, examplesOf(string(text))...)
	}
	tried := 0
	for _, e := range examples {
		words := shellWords(e.command)
		if words[0] != "bin/kawasan" {
			continue // another program
		}
		tried++
		var out, faults bytes.Buffer
		if code := run(t.Context(), append(words[1:], "--server", server), streams{strings.NewReader(""), &out, &faults}); code != 0 {
			t.Errorf("%s: code %d: %s", e.command, code, faults.String())
			continue
		}
		rest := level(out.String())
		for _, part := range strings.Split(e.output, "...") {
			_, after, found := strings.Cut(rest, level(part))
			if !found {
				t.Errorf("%s prints\n%s\nwhich lacks\n%s", e.command, out.String(), part)
				break
			}
			rest = after
		}
	}
	if tried < 5 {
		t.Errorf("only %d examples are tried", tried)
	}
}
