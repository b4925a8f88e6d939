package intake

import (
	"fmt"

	"kawasan/geo"
	"kawasan/geo/quality"
)

// Outcome is what an import found and did.
type Outcome struct {
	Record
	DryRun bool
	// Created says that the collection was made.
	Created bool
	// Notes tell people what was decided on the way.
	Notes []string
	// Faults are features that could not be taken as they are; FaultCount counts
	// them all, Faults holds the first. They block.
	Faults     []Fault
	FaultCount int64
	// Report is what the rules say of the features.
	Report *quality.Report
}

// Fault is a feature that could not be read into the collection.
type Fault struct {
	Row     int64      `json:"row"`
	Feature string     `json:"feature,omitempty"`
	Error   *geo.Error `json:"-"`
}

// keptFaults is how many faults are held in full.
const keptFaults = 100

// fault notes a feature that can't be taken.
func (o *Outcome) fault(row int64, id string, e *geo.Error) {
	o.FaultCount++
	if len(o.Faults) < keptFaults {
		o.Faults = append(o.Faults, Fault{Row: row, Feature: id, Error: e})
	}
}

// note tells people something, once.
func (o *Outcome) note(format string, args ...any) {
	o.Notes = append(o.Notes, fmt.Sprintf(format, args...))
}

// Blocks reports whether something found must be mended first.
func (o *Outcome) Blocks() bool { return o.FaultCount > 0 || o.Report != nil && o.Report.Blocks() }

// blocked is the error of an import that found faults.
func (o *Outcome) blocked() error {
	n := o.FaultCount
	if o.Report != nil {
		n += o.Report.Errors
	}
	things := fmt.Sprintf("%d errors were found", n)
	if n == 1 {
		things = "an error was found"
	}
	return geo.Errorf(geo.Invalid, "%s in %s: nothing was stored", things, o.File).Try("the errors of the report mended; --fix repairs what needs no judgement")
}
