package crs

// All gives the supported systems to tests, CRS84 first. The slice is the caller's.
func All() []*CRS { return append([]*CRS(nil), load()...) }
