package api

import "strings"

// nearest gives the name that differs from the given one by at most two typing
// errors (one for names of up to four letters), or "".
func nearest(name string, names []string) string {
	if len(name) > 64 {
		return ""
	}
	best, limit := "", 2
	if len(name) <= 4 {
		limit = 1
	}
	for _, candidate := range names {
		if d := editDistance(strings.ToLower(name), strings.ToLower(candidate), limit); d <= limit {
			best, limit = candidate, d-1
		}
	}
	return best
}

// editDistance counts insertions, deletions and replacements of bytes; it gives
// up above limit with a larger number.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
