package indonesian

// Catalogue is all that has Indonesian words.
func Catalogue() map[string]string { return catalogue }
