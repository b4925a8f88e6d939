package geo

import "strings"

// longestName is the length in bytes of names for which likely others are looked for.
const longestName = 64

// Nearest gives the name most like the one that was written, whatever its case, or "": it
// differs by at most two typing errors, by one for up to four letters. It takes some
// microseconds for a hundred names.
func Nearest(name string, names []string) string {
	if len(name) > longestName {
		return ""
	}
	limit := 2
	if len(name) < 5 {
		limit = 1
	}
	best, found := limit+1, ""
	written := []rune(strings.ToLower(name))
	for _, n := range names {
		if len(n) > longestName {
			continue
		}
		if d := edits(written, []rune(strings.ToLower(n))); d < best {
			best, found = d, n
		}
	}
	return found
}

// edits counts the insertions, deletions, replacements and swaps of neighbours
// between two words (optimal string alignment).
func edits(x, y []rune) int {
	var before []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			cost := row[j]
			if x[i] != y[j] {
				cost++
			}
			next[j+1] = min(cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(y)]
}
