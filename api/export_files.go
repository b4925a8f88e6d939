package api

import (
	"container/list"
	"context"
	"os"
	"sync"

	"kawasan/geo"
)

// fileFacts are what headers say about a built file.
type fileFacts struct {
	tag      string // its ETag; "" for data whose changes are not tracked
	returned int    // features in it
	matched  int    // features that match, if it has a limit
	next     string // where the features behind it are
}

// builtFile is a finished file. It has no name in its folder any more: the system
// frees its room when the last user lets go of it, even if the process dies.
type builtFile struct {
	fileFacts
	file  *os.File
	size  int64
	users int // requests, and the store as long as it keeps the file
}

// fileStore builds files once for all who ask for the same at the same time, and
// keeps finished ones, by their ETag, up to a size: those used last.
type fileStore struct {
	dir  string
	keep int64

	mu       sync.Mutex
	used     int64
	order    *list.List // of *builtFile, the one used last first
	kept     map[string]*list.Element
	building map[string]*building
}

// building is a file that is being built.
type building struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiting int
	file    *builtFile
	err     error
}

func newFileStore(e Exports) *fileStore {
	return &fileStore{dir: e.Dir, keep: e.Keep, order: list.New(), kept: map[string]*list.Element{}, building: map[string]*building{}}
}

// get gives the file with that ETag: the one kept, the one that is being built, or
// a new one. Without an ETag it is built for this caller alone. The build ends
// when nobody waits for it any more. The caller releases the file.
func (s *fileStore) get(ctx context.Context, tag string, build func(context.Context, *os.File) (fileFacts, error)) (*builtFile, error) {
	s.mu.Lock()
	if e := s.kept[tag]; e != nil && tag != "" {
		defer s.mu.Unlock()
		s.order.MoveToFront(e)
		file, _ := e.Value.(*builtFile)
		file.users++
		return file, nil
	}
	b := s.building[tag]
	if b == nil || tag == "" {
		working, cancel := context.WithCancel(context.WithoutCancel(ctx))
		b = &building{done: make(chan struct{}), cancel: cancel}
		if tag != "" {
			s.building[tag] = b
		}
		go s.run(working, tag, b, build)
	}
	b.waiting++
	s.mu.Unlock()
	select {
	case <-b.done:
		return b.file, b.err
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-b.done: // in the meantime
		return b.file, b.err
	default:
	}
	if b.waiting--; b.waiting == 0 {
		b.cancel()
		if s.building[tag] == b {
			delete(s.building, tag) // who comes now begins anew
		}
	}
	return nil, ctx.Err()
}

// run builds and hands the file to all who wait.
func (s *fileStore) run(ctx context.Context, tag string, b *building, build func(context.Context, *os.File) (fileFacts, error)) {
	file, err := s.create(ctx, build)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.building[tag] == b {
		delete(s.building, tag)
	}
	b.file, b.err = file, err
	if file != nil {
		file.users = b.waiting
		s.add(file)
	}
	b.cancel()
	close(b.done)
}

// create makes one file and takes its name away.
func (s *fileStore) create(ctx context.Context, build func(context.Context, *os.File) (fileFacts, error)) (file *builtFile, err error) {
	out, err := os.CreateTemp(s.dir, "kawasan-export-")
	if err != nil {
		return nil, noRoom(err)
	}
	defer func() {
		if err != nil {
			_ = out.Close()
			file = nil
		}
	}()
	defer geo.Recover(&err)
	if err := os.Remove(out.Name()); err != nil {
		return nil, noRoom(err)
	}
	facts, err := build(ctx, out)
	if err != nil {
		return nil, err
	}
	about, err := out.Stat()
	if err != nil {
		return nil, noRoom(err)
	}
	return &builtFile{fileFacts: facts, file: out, size: about.Size()}, nil
}

// add keeps a file and drops the ones not used for longest. s.mu is held.
func (s *fileStore) add(file *builtFile) {
	if file.tag == "" || file.size > s.keep || s.kept[file.tag] != nil {
		if file.users == 0 {
			_ = file.file.Close()
		}
		return
	}
	file.users++
	s.kept[file.tag] = s.order.PushFront(file)
	s.used += file.size
	for s.used > s.keep {
		oldest := s.order.Back()
		dropped, _ := oldest.Value.(*builtFile)
		s.order.Remove(oldest)
		delete(s.kept, dropped.tag)
		s.used -= dropped.size
		s.leave(dropped)
	}
}

// release is for whoever got the file.
func (s *fileStore) release(file *builtFile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leave(file)
}

func (s *fileStore) leave(file *builtFile) {
	if file.users--; file.users == 0 {
		_ = file.file.Close() // it was only read
	}
}

func noRoom(cause error) error {
	return geo.Errorf(geo.Unavailable, "the file can't be built for want of temporary space").Try("the same request a little later").Because(cause)
}
