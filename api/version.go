package api

import (
	"slices"
	"strings"

	"kawasan/geo"
)

// dataVersionParameter repeats an answer on earlier data.
func dataVersionParameter() *parameter {
	return &parameter{
		name: "version", emptyIsNone: true, schema: text(),
		description: "Repeats an answer on the data it was given on: the version that it states, such as zones:12-3fa9,ports:3-77c1. Collections that are not named are read as they are now",
	}
}

// readVersion sets the reader of the answer: of the data as they are, or at the versions asked for.
func (x *exchange) readVersion() error {
	if declared(x.endpoint.parameters, "version") == nil {
		return nil
	}
	var wanted geo.DataVersions
	alone := ""
	if x.collection != nil {
		alone = x.collection.ID
	}
	text, given := x.values.get("version")
	if given {
		var err error
		if wanted, err = geo.ParseDataVersions(text, alone); err != nil {
			return err
		}
		for _, v := range wanted {
			if _, err := x.catalogue.Collection(v.Collection); err != nil {
				return geo.AsError(err).In("version")
			}
		}
	}
	if given || alone == "" {
		x.pin = geo.NewPin(x.reader, wanted)
		x.reader = x.pin
	}
	return nil
}

// dataVersion is the version to state in an answer; empty if it can't be repeated.
func (x *exchange) dataVersion() string {
	if x.allRead {
		return x.version
	}
	versions, ok := x.pin.Versions()
	if !ok {
		return ""
	}
	return versions.String()
}

// answerLinks are selfLinks and the address at which the answer stays as it is.
func (x *exchange) answerLinks() []link {
	links := x.selfLinks()
	if version := x.dataVersion(); version != "" {
		links = append(links, link{
			Href: x.url(x.path, x.values.with("version", version)), Rel: "memento", Type: linkType(x.format), Title: x.say("this answer on these data"), Method: x.values.method(),
		})
	}
	return links
}

// beginAnswer is begin for an answer that has been made: it is labelled by what
// was read for it, at the versions that were read.
func (x *exchange) beginAnswer() (done bool) {
	s := x.stateOf()
	read := x.pin.Collections()
	slices.SortFunc(read, func(a, b *geo.Collection) int { return strings.Compare(a.ID, b.ID) })
	for _, c := range read {
		s.add(c)
	}
	if x.version, x.allRead = x.dataVersion(), true; x.version == "" && len(read) > 0 {
		s.structure = 0 // no label fits
	}
	return x.begin(s)
}
