package geo_test

import (
	"errors"
	"strings"
	"testing"

	"kawasan/geo"
)

func TestRecover(t *testing.T) {
	t.Parallel()
	wrong := errors.New("wrong")
	do := func(work func() error) (err error) {
		defer geo.Recover(&err)
		return work()
	}
	for name, work := range map[string]func() error{
		"a text":           func() error { panic("secret") },
		"an error":         func() error { panic(errors.New("secret")) },
		"an error of ours": func() error { panic(geo.Errorf(geo.NotFound, "secret")) },
	} {
		e := geo.AsError(do(work))
		if e == nil || e.Code != geo.Internal || strings.Contains(e.Message, "secret") {
			t.Errorf("%s: got %v; want a fault that gives nothing away", name, e)
			continue
		}
		if cause := e.Unwrap().Error(); !strings.Contains(cause, "panic: secret") || !strings.Contains(cause, "panic_test.go") {
			t.Errorf("%s: the cause does not say what and where: %s", name, cause)
		}
	}
	if err := do(func() error { return wrong }); !errors.Is(err, wrong) {
		t.Errorf("an error without a panic: got %v", err)
	}
	if err := do(func() error { return nil }); err != nil {
		t.Errorf("no error: got %v", err)
	}
}
