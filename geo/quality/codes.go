package quality

// codes judges region codes.
func (v *view) codes() {}
