package api

// Classes gives the declared classes with their tests.
func Classes() map[string]string {
	out := map[string]string{}
	for _, c := range classes() {
		out[c.uri] = c.test
	}
	return out
}
