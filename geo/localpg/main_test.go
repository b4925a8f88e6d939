package localpg_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"kawasan/geo/localpg"
)

// holdEnvironment makes this test binary start a server in the directory it
// names and hold it until SIGTERM, as a process that can be killed.
const holdEnvironment = "LOCALPG_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdEnvironment); dir != "" {
		os.Exit(hold(dir))
	}
	os.Exit(m.Run())
}

func hold(dir string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	s, err := localpg.Start(ctx, localpg.Options{DataDir: dir})
	if err != nil {
		fmt.Println("failed:", err)
		return 3
	}
	fmt.Println("ready", s.URL())
	<-ctx.Done()
	patience, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := s.Close(patience); err != nil {
		fmt.Println("close:", err)
		return 4
	}
	return 0
}
