package api

// references numbers texts by their first use, so that each stands once on a page.
type references struct {
	Texts  []string
	number map[string]int
}

func (r *references) of(text string) int {
	if r.number == nil {
		r.number = map[string]int{}
	}
	n, ok := r.number[text]
	if !ok {
		r.Texts = append(r.Texts, text)
		n = len(r.Texts)
		r.number[text] = n
	}
	return n
}
