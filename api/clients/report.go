package clients

import "kawasan/geo"

// Outcome says how a feature fared.
type Outcome string

// The outcomes.
const (
	// Works: the server answered as the client needs it.
	Works Outcome = "works"
	// Fails: the client would go wrong, or give up.
	Fails Outcome = "fails"
	// Missing: the server does not offer it; the client does without.
	Missing Outcome = "missing"
	// Unchecked: nothing was there to check it on, or an earlier step failed.
	Unchecked Outcome = "unchecked"
)

// Report is what was found out about a server.
type Report struct {
	Clients []*Client
	// Requests were sent in all.
	Requests int
	// Cut says that the time or the requests allowed were used up.
	Cut bool
}

// Client is one program with what it makes of the server.
type Client struct {
	Name, Version string
	Features      []*Feature
}

// Feature is one thing that a client does with a server.
type Feature struct {
	Key     string
	Title   geo.Text
	Outcome Outcome
	// Why says what went wrong or what is missing; empty when it works.
	Why geo.Text
	// Request is the one that showed it, as method and address.
	Request string
}

// Count gives how many features of all clients have an outcome.
func (r *Report) Count(o Outcome) int {
	n := 0
	for _, c := range r.Clients {
		for _, f := range c.Features {
			if f.Outcome == o {
				n++
			}
		}
	}
	return n
}

// titles are the features by their keys.
func titles() map[string]geo.Text {
	return map[string]geo.Text{
		"landing":      {EN: "finds its way from the landing page", ID: "menemukan jalan dari halaman awal"},
		"description":  {EN: "reads the interface description", ID: "membaca deskripsi antarmuka"},
		"page-size":    {EN: "learns how large a page may be", ID: "mengetahui ukuran halaman yang diizinkan"},
		"conformance":  {EN: "learns which standards are met", ID: "mengetahui standar yang dipenuhi"},
		"collections":  {EN: "lists the collections", ID: "mendaftar koleksi"},
		"types":        {EN: "learns names and types of attributes", ID: "mengetahui nama dan tipe atribut"},
		"queryables":   {EN: "learns what can be filtered by", ID: "mengetahui atribut penyaring"},
		"features":     {EN: "reads features", ID: "membaca fitur"},
		"feature":      {EN: "reads one feature by its id", ID: "membaca satu fitur menurut id"},
		"paging":       {EN: "reads page after page without loss", ID: "membaca halaman demi halaman tanpa kehilangan"},
		"count":        {EN: "knows how many features there are", ID: "mengetahui jumlah fitur"},
		"box":          {EN: "reads only what the map shows", ID: "hanya membaca yang ditampilkan peta"},
		"systems":      {EN: "reads in other reference systems", ID: "membaca dalam sistem referensi lain"},
		"filter":       {EN: "leaves filters on attributes to the server", ID: "menyerahkan penyaringan atribut kepada server"},
		"where":        {EN: "leaves filters on place to the server", ID: "menyerahkan penyaringan lokasi kepada server"},
		"simple":       {EN: "leaves simple comparisons to the server", ID: "menyerahkan perbandingan sederhana kepada server"},
		"filter-json":  {EN: "sends filters as CQL2 JSON", ID: "mengirim penyaring sebagai CQL2 JSON"},
		"editing":      {EN: "knows whether features can be edited", ID: "mengetahui apakah fitur dapat disunting"},
		"keys":         {EN: "may send its access key along", ID: "boleh menyertakan kunci akses"},
		"words":        {EN: "searches for words", ID: "mencari kata"},
		"empty-answer": {EN: "understands an answer without features", ID: "memahami jawaban tanpa fitur"},
	}
}

// fault is why a feature does not work, in both languages.
type fault struct {
	text    geo.Text
	outcome Outcome
}

// Error gives the English wording.
func (f *fault) Error() string { return f.text.EN }
