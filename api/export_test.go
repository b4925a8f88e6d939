package api

// Classes gives the declared classes with their tests.
func Classes() map[string]string {
	out := map[string]string{}
	for _, c := range classes() {
		out[c.uri] = c.test
	}
	return out
}

// Waiting gives how many requests wait for a file that is being built.
func (s *Server) Waiting() int {
	s.files.mu.Lock()
	defer s.files.mu.Unlock()
	n := 0
	for _, b := range s.files.building {
		n += b.waiting
	}
	return n
}
