package api

import "kawasan/geo/cql2"

// functionsDocument lists what filters may call, as OGC API Features Part 3 has it.
type functionsDocument struct {
	Title     string             `json:"title"`
	Links     []link             `json:"links"`
	Functions []functionDocument `json:"functions"`
}

type functionDocument struct {
	Name        string             `json:"name"`
	Description string             `json:"description"`
	Arguments   []argumentDocument `json:"arguments"`
	Returns     []cql2.Type        `json:"returns"`
	// Example is the call as it is written.
	Example string `json:"x-signature"`
}

type argumentDocument struct {
	Title       string      `json:"title"`
	Description string      `json:"description,omitempty"`
	Type        []cql2.Type `json:"type"`
}

// functionList answers /functions.
func (s *Server) functionList(x *exchange) error {
	d := functionsDocument{Title: x.say("functions"), Links: x.selfLinks(), Functions: []functionDocument{}}
	for _, f := range s.functions {
		entry := functionDocument{
			Name: f.Name, Description: f.Title.In(x.lang), Arguments: []argumentDocument{}, Returns: []cql2.Type{f.Returns}, Example: f.Signature(),
		}
		for _, a := range f.Args {
			entry.Arguments = append(entry.Arguments, argumentDocument{Title: a.Name, Description: a.Title.In(x.lang), Type: a.Types})
		}
		d.Functions = append(d.Functions, entry)
	}
	return x.sendDocument(x.stateOf(), "functions", d)
}
