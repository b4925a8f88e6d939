package localpg

import (
	"context"
	"log/slog"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"kawasan/geo"
	"kawasan/geo/localpg/internal/cluster"
)

// process is one run of the server.
type process struct {
	pid   int
	said  *output
	ended chan struct{} // closed when it is gone and err is set
	err   error
}

// run starts the server. The goroutine that does so keeps its thread until the
// server has ended, because a parent-death signal belongs to that thread. The
// context lends its values; the server outlives it.
func run(ctx context.Context, found cluster.Installation, who cluster.Account, data, socket string, log *slog.Logger) (*process, error) {
	p := &process{said: &output{log: log}, ended: make(chan struct{})}
	command := exec.CommandContext(context.WithoutCancel(ctx), found.Program("postgres"), cluster.Arguments(data, socket, true)...)
	command.SysProcAttr = who.Attributes()
	command.SysProcAttr.Setpgid = true // Ctrl-C is for us; we stop the server when the last request is answered
	endWithParent(command.SysProcAttr)
	command.Env = cluster.Environment()
	command.Dir = data
	command.Stdout, command.Stderr = p.said, p.said
	command.WaitDelay = 5 * time.Second

	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		started <- err
		if err == nil {
			p.err = command.Wait()
			close(p.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, cluster.Fault(geo.Phrasef("start %s", found.Program("postgres")), err)
	}
	p.pid = command.Process.Pid
	return p, nil
}

// stop shuts the server down: fast, which rolls back what is under way and
// leaves a clean cluster; harder if that takes longer than the context allows.
func (p *process) stop(ctx context.Context) error {
	p.signal(syscall.SIGINT)
	select {
	case <-p.ended:
		return nil
	case <-ctx.Done():
	}
	for _, harder := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGKILL} {
		p.signal(harder)
		select {
		case <-p.ended:
			return nil
		case <-time.After(6 * time.Second):
		}
	}
	return geo.Errorf(geo.Internal, "the private PostgreSQL (process %d) does not end", p.pid).
		Try("end that process by hand")
}

// signal reaches the server only while it has not been waited for, so its
// number is still its own.
func (p *process) signal(s syscall.Signal) {
	select {
	case <-p.ended:
	default:
		_ = syscall.Kill(p.pid, s) // gone already is as good
	}
}
