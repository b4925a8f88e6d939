package tile

// Grounds gives the colours of a theme that belong to no collection.
func Grounds(t Theme) (ground, text, halo string) {
	c := t.colours()
	return c.ground, c.text, c.halo
}

// Edge is the colour around a collection's points.
func Edge(t Theme, collection string) string { return t.edge(collection) }
