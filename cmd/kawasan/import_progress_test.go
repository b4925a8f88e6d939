package main

import (
	"testing"
	"time"

	"kawasan/geo/intake"
)

func TestProgressLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		p     intake.Progress
		since time.Duration
		rate  float64
		bar   bool
		in    tongue
		want  string
	}{
		{"opening", intake.Progress{Step: intake.Opening}, 2 * time.Second, 0, true, "en", "opening, 0 features, 2s"},
		{"at first", intake.Progress{Step: intake.Reading, Done: 500, Total: 200_000}, time.Second, 0, true, "en", "[..............................]   0 %  500 of 200000"},
		{"half", intake.Progress{Step: intake.Reading, Done: 100_000, Total: 200_000}, 11 * time.Second, 10_000, true, "en", "[###############...............]  50 %  100000 of 200000  10000/s  10s left"},
		{"elsewhere", intake.Progress{Step: intake.Reading, Done: 150_000, Total: 200_000}, 11 * time.Second, 10_000, false, "en", " 75 %  150000 of 200000  10000/s  5s left"},
		{"total not known", intake.Progress{Step: intake.Reading, Done: 100, Total: -1}, time.Second, 100, true, "en", "100 features  100/s"},
		{"half, in Indonesian", intake.Progress{Step: intake.Reading, Done: 100_000, Total: 200_000}, 11 * time.Second, 10_000, false, "id", " 50 %  100000 dari 200000  10000/dtk  sisa 10s"},
		{"storing, in Indonesian", intake.Progress{Step: intake.Storing, Done: 7}, 11 * time.Second, 0, false, "id", "menyimpan, 7 fitur, 11s"},
		{"neighbours", intake.Progress{Step: intake.Judging, Done: 200_000}, 20 * time.Second, 10_000, true, "en", "judging neighbours, 200000 features, 20s"},
	}
	for _, test := range tests {
		if got := progressLine(test.in, test.p, test.since, test.rate, test.bar); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	if pace(500, time.Millisecond) != 0 || pace(500, time.Second) != 500 {
		t.Error("the pace of the first moment is shown, or none at all")
	}
}
