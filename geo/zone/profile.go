package zone

import (
	"context"
	"slices"
	"strings"

	"kawasan/geo"
	"kawasan/geo/proximity"
	"kawasan/geo/wording"
)

// Profile is what is known of a zone and of what lies around it.
type Profile struct {
	Ref  string `json:"ref"`
	Name string `json:"name"`
	// Called is Name in both languages.
	Called geo.Text `json:"-"`
	// Sections in their order: identity, area, then the look-ups.
	Sections []Section `json:"sections"`
	// Sources are the collections read, with the versions read.
	Sources []proximity.DataSource `json:"sources"`
	Notes   []geo.Text             `json:"notes,omitempty"`
	// Sentences are ready for a memo, rounded to what the uncertainties allow.
	Sentences []geo.Text `json:"sentences"`

	// Statements are the sentences without their sources and data version.
	Statements []Statement `json:"-"`

	source geo.Text // of the zone itself
}

// Section is a part of a profile.
type Section struct {
	Name  string   `json:"name"`
	Title geo.Text `json:"title"`
	// Collection and Filter say what was looked for, so that it can be seen and changed.
	Collection string `json:"collection,omitempty"`
	Filter     string `json:"filter,omitempty"`
	Items      []Item `json:"items"`
	// Unlocated names those that fit but have no published position, and
	// UnlocatedMore says how many there are besides, at least.
	Unlocated     []geo.Text `json:"unlocated,omitempty"`
	UnlocatedMore int        `json:"unlocated_more,omitempty"`
	Notes         []geo.Text `json:"notes,omitempty"`
}

// Item is one value with what it rests on. Fields that do not apply stay empty.
type Item struct {
	// Key is the same for the same question in every zone: nearest-1, within-10000m ...
	Key  string `json:"key"`
	Ref  string `json:"ref,omitempty"`
	Name string `json:"name,omitempty"`
	// Text is a value in words; Value a number of Unit, between Min and Max. Nil is unknown.
	Text string `json:"text,omitempty"`
	// Group is the value that the item was grouped by, in words: containers ...
	Group string `json:"group,omitempty"`
	// Words say Text for people, in a language, where it has codes or other words there.
	Words string   `json:"words,omitempty"`
	Value *float64 `json:"value,omitempty"`
	Unit  string   `json:"unit,omitempty"`
	Min   *float64 `json:"min,omitempty"`
	Max   *float64 `json:"max,omitempty"`

	WaterShare   *float64              `json:"water_share,omitempty"`
	NotToldApart []string              `json:"not_told_apart_from,omitempty"`
	Published    []proximity.Published `json:"published_distances,omitempty"`

	// Said has words in both languages, where they are the program's own or the data have them.
	Said Said `json:"-"`

	Method       string   `json:"method,omitempty"`
	Source       string   `json:"source,omitempty"`
	SourceDate   string   `json:"source_date,omitempty"`
	Confidence   string   `json:"confidence,omitempty"`
	BoundaryKind string   `json:"boundary_kind,omitempty"`
	UncertaintyM *float64 `json:"position_uncertainty_m,omitempty"`
}

// Said are words of an item in both languages; what is empty comes from the data
// as it is. Words are those for a Text that is a code, and Group those for the value
// that the item was grouped by.
type Said struct{ Name, Text, Method, Source, SourceDate, Words, Group geo.Text }

// In gives the item with the program's words in a language.
func (i Item) In(lang string) Item {
	for _, w := range []struct {
		said geo.Text
		word *string
	}{{i.Said.Name, &i.Name}, {i.Said.Text, &i.Text}, {i.Said.Method, &i.Method}, {i.Said.Source, &i.Source}, {i.Said.SourceDate, &i.SourceDate}} {
		if w.said.EN != "" {
			*w.word = w.said.In(lang)
		}
	}
	i.Group = i.Said.Group.In(lang)
	if words := i.Said.Words.In(lang); words != i.Text {
		i.Words = words
	}
	return i
}

// maxLookups bounds the look-ups of a profile.
const maxLookups = 32

// maker makes one profile.
type maker struct {
	reader    geo.Reader
	engine    *proximity.Engine
	catalogue *geo.Catalogue
	o         Options
	zone      *geo.Feature
	p         *Profile
	said      []Statement
	given     bool // the look-ups came from the caller, so their faults are errors
}

// NewProfile gives the profile of a feature of any collection with geometry. A look-up
// of the default list whose collection or columns do not exist here is left
// empty, with a note; one that the caller gave is an error.
func NewProfile(ctx context.Context, r geo.Reader, collection, id string, o Options) (*Profile, error) {
	catalogue, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := catalogue.Collection(collection); err != nil {
		return nil, err
	}
	found, c, err := geo.Collect(ctx, r, geo.Query{Collection: collection, IDs: []string{id}, Limit: 1, AsOf: o.AsOf, Principal: o.Principal})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		_, err := geo.FeatureByID(ctx, r, collection, id)
		if err == nil {
			err = geo.Errorf(geo.NotFound, "%q was not valid on the date asked for", id).Try("another date")
		}
		return nil, err
	}
	m := &maker{reader: r, engine: proximity.New(r, proximity.Options{Memory: o.Memory}), catalogue: catalogue, o: o, zone: found[0], given: o.Lookups != nil}
	if o.Lookups == nil {
		m.o.Lookups = DefaultLookups()
	}
	if len(m.o.Lookups) > maxLookups {
		return nil, geo.Errorf(geo.TooLarge, "more than %d look-ups are asked for", maxLookups).Try("ask for fewer")
	}
	m.p = &Profile{Ref: m.zone.Ref(), Name: m.zone.Name(), Called: wording.Name(m.zone)}
	m.p.Sources = []proximity.DataSource{proximity.SourceOf(c)}
	m.p.Sections = append(m.p.Sections, m.identity())
	area, err := m.area(ctx)
	if err != nil {
		return nil, err
	}
	m.p.Sections = append(m.p.Sections, area)
	if t, ok := areaSentence(m.p); ok {
		m.said = append(m.said, Statement{t, cite(nil, wording.Of(m.zone, "source"))})
	}
	for _, l := range m.o.Lookups {
		s, err := m.lookup(ctx, l)
		if err != nil {
			return nil, err
		}
		m.p.Sections = append(m.p.Sections, s)
	}
	m.hoistNotes()
	m.p.source = wording.Of(m.zone, "source")
	m.p.Statements, m.p.Sentences = m.said, resting(m.said, m.p.Sources)
	return m.p, nil
}

// hoistNotes says once for the whole profile what several sections would say.
func (m *maker) hoistNotes() {
	times := map[geo.Text]int{}
	for _, s := range m.p.Sections {
		for _, n := range s.Notes {
			if times[n]++; times[n] == 2 {
				m.p.Notes = append(m.p.Notes, n)
			}
		}
	}
	for i := range m.p.Sections {
		s := &m.p.Sections[i]
		s.Notes = slices.DeleteFunc(s.Notes, func(n geo.Text) bool { return times[n] > 1 })
	}
}

// identityColumns are the properties that say what a zone is, where it has them.
var identityColumns = []string{
	"official_name", "kind", "status", "instrument", "legal_basis", "legal_date", "valid_from", "valid_to", "managing_body",
	"regency", "districts", "villages", "industries", "focus_sectors", "anchor_tenants", "note",
}

// identity gathers what the feature says of itself.
func (m *maker) identity() Section {
	s := Section{Name: "identity", Title: geo.Text{EN: "Identity and status", ID: "Identitas dan status"}, Items: []Item{}}
	for _, name := range identityColumns {
		p, ok := m.zone.Collection.Property(name)
		if !ok {
			continue
		}
		v := m.zone.Value(name)
		title := wording.Title(p)
		i := Item{Key: name, Name: title.In("en"), Text: text(v), Said: Said{Name: title, Words: inWords(p, v)}}
		rest(&i, m.zone)
		if a := m.zone.Text("attribute_source"); a != "" {
			i.Source, i.Said.Source = a, wording.Of(m.zone, "attribute_source")
		}
		s.Items = append(s.Items, i)
	}
	s.Items = append(s.Items, m.others()...)
	return s
}

// text writes a value in words; empty for null.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		return strings.Join(v, "; ")
	case geo.Date:
		return v.String()
	}
	return ""
}

// inWords says a text or a list of texts in words.
func inWords(p geo.Property, v any) geo.Text {
	var all []geo.Text
	for _, one := range texts(v) {
		all = append(all, wording.Value(p, one))
	}
	return wording.Join("; ", all...)
}

// rest says what a value taken from a feature rests on.
func rest(i *Item, f *geo.Feature) {
	i.Source, i.SourceDate, i.Confidence = f.Text("source"), f.Text("source_date"), f.Text("confidence")
	i.BoundaryKind = f.Text("boundary_kind")
	if u, ok := f.Number("position_uncertainty_m"); ok {
		i.UncertaintyM = &u
	}
	i.Said.Source, i.Said.SourceDate = wording.Of(f, "source"), wording.Of(f, "source_date")
}
