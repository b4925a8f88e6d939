package quality

import (
	"encoding/json"
	"slices"

	"kawasan/geo"
)

// Severity says what a finding means for a load.
type Severity string

// The severities, worst first.
const (
	Error   Severity = "error"   // blocks: the feature can't be stored, or would be wrong for sure
	Warning Severity = "warning" // does not block: someone should look
	Note    Severity = "note"    // for information: explained by what is known, such as the uncertainty
)

// severities are all, worst first.
var severities = []Severity{Error, Warning, Note}

// In names the severity in a language.
func (s Severity) In(language string) string { return word(string(s), language) }

// Rule is something that a feature, or a collection, is judged by.
type Rule struct {
	Name     string   // kebab-case, never changes once released
	Severity Severity // of its findings; a finding may be milder where it says why
	Fixable  bool     // Fix repairs it, as that needs no judgement
	Title    geo.Text // a few words
	Meaning  geo.Text // what is found, and why it matters
	Remedy   geo.Text // what to do about it
}

// MarshalJSON gives the name alone.
func (r *Rule) MarshalJSON() ([]byte, error) { return json.Marshal(r.Name) }

// Rules gives all rules in the order in which reports list them: geometry,
// position, attributes, then what concerns several features.
func Rules() []*Rule {
	return slices.Concat(geometryRules, positionRules, attributeRules, collectionRules)
}

// RuleNamed finds a rule by name; nil if there is none.
func RuleNamed(name string) *Rule {
	for _, r := range Rules() {
		if r.Name == name {
			return r
		}
	}
	return nil
}
