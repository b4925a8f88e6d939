package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"kawasan/geo/localpg"
)

// server is a running kawasan.
type server struct {
	command *exec.Cmd
	url     string
	ended   chan struct{} // closed when the process has
	started time.Duration
}

// startServer starts kawasan with more arguments and waits for its first answer.
func startServer(ctx context.Context, binary string, arguments ...string) (*server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // only to find a free port
	if err != nil {
		return nil, err
	}
	address := listener.Addr().String()
	_ = listener.Close()
	command := exec.CommandContext(ctx, binary, append([]string{"serve", "--listen", address, "--log-level", "error"}, arguments...)...) // the binary under test
	var said bytes.Buffer
	command.Stderr = &said
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 30 * time.Second
	began := time.Now()
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", binary, err)
	}
	s := &server{command: command, url: "http://" + address, ended: make(chan struct{})}
	go func() { _ = command.Wait(); close(s.ended) }()
	deadline := time.Now().Add(2 * time.Minute)
	for !s.answers(ctx) {
		select {
		case <-s.ended:
			return nil, fmt.Errorf("the server has ended: %s", bytes.TrimSpace(said.Bytes()))
		case <-time.After(5 * time.Millisecond):
		}
		if time.Now().After(deadline) || ctx.Err() != nil {
			s.stop()
			return nil, fmt.Errorf("the server gave no answer within two minutes: %s", bytes.TrimSpace(said.Bytes()))
		}
	}
	s.started = time.Since(began)
	return s, nil
}

// private gives the address of the database that the server runs on a data directory.
func (s *server) private(ctx context.Context, dataDir string) (string, error) {
	url, ok := localpg.Running(ctx, dataDir)
	if !ok {
		return "", errors.New("the server's private database is not to be found")
	}
	return url, nil
}

func (s *server) answers(ctx context.Context) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/collections/zones/items", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }()
	_, err = io.Copy(io.Discard, response.Body)
	return err == nil && response.StatusCode == http.StatusOK
}

func (s *server) stop() {
	_ = s.command.Process.Signal(os.Interrupt)
	<-s.ended
}

// settled waits until the server has the tables, in memory or with the reason why not.
func (s *server) settled(ctx context.Context, sizes []string) error {
	deadline := time.Now().Add(5 * time.Minute)
	for _, size := range sizes {
		for {
			var about struct {
				InMemory bool
				Note     string
			}
			body, err := fetch(s.url + "/collections/plantations_" + size)
			if err == nil && json.Unmarshal(body, &about) == nil && (about.InMemory || about.Note != "") {
				break
			}
			if time.Now().After(deadline) || ctx.Err() != nil {
				return fmt.Errorf("plantations_%s did not appear", size)
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	return nil
}

// fetch gives the body of an answer, which must be 200.
func fetch(url string) ([]byte, error) {
	response, err := http.Get(url) //nolint:noctx // local
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %s", url, response.Status)
	}
	return io.ReadAll(response.Body)
}

// memory gives the resident memory of the server process, in bytes.
func (s *server) memory() (int64, error) {
	f, err := os.Open("/proc/" + strconv.Itoa(s.command.Process.Pid) + "/status")
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kilobytes * 1024, err
		}
	}
	return 0, errors.New("the system does not say how much memory the server uses")
}

// starts are the times from the start of the process to the first answer.
type starts struct{ cold, warm time.Duration }

// measureStarts starts on an empty data directory and again on the filled one. The cold one takes in
// making the database, migrating and loading.
func measureStarts(ctx context.Context, binary, dir string) (starts, error) {
	var result starts
	for _, into := range []*time.Duration{&result.cold, &result.warm} {
		s, err := startServer(ctx, binary, "--data-dir", filepath.Join(dir, "data"))
		if err != nil {
			return result, err
		}
		*into = s.started
		s.stop()
	}
	return result, nil
}
