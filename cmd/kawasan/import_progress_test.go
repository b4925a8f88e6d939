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
		want  string
	}{
		{"opening", intake.Progress{Step: intake.Opening}, 2 * time.Second, 0, true, "opening, 0 features, 2s"},
		{"at first", intake.Progress{Step: intake.Reading, Done: 500, Total: 200_000}, time.Second, 0, true, "[..............................]   0 %  500 of 200000"},
		{"half", intake.Progress{Step: intake.Reading, Done: 100_000, Total: 200_000}, 11 * time.Second, 10_000, true, "[###############...............]  50 %  100000 of 200000  10000/s  10s left"},
		{"elsewhere", intake.Progress{Step: intake.Reading, Done: 150_000, Total: 200_000}, 11 * time.Second, 10_000, false, " 75 %  150000 of 200000  10000/s  5s left"},
		{"total not known", intake.Progress{Step: intake.Reading, Done: 100, Total: -1}, time.Second, 100, true, "100 features  100/s"},
		{"neighbours", intake.Progress{Step: intake.Judging, Done: 200_000}, 20 * time.Second, 10_000, true, "judging neighbours, 200000 features, 20s"},
	}
	for _, test := range tests {
		if got := progressLine(test.p, test.since, test.rate, test.bar); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	if pace(500, time.Millisecond) != 0 || pace(500, time.Second) != 500 {
		t.Error("the pace of the first moment is shown, or none at all")
	}
}
