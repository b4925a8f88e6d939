package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/format/source"
	"kawasan/geo/quality"
)

// Run takes inputs into a collection, all or nothing. The outcome is there also
// when the error says that what was found blocks (Invalid); for any other error it
// may be nil. The inputs stay the caller's.
func Run(ctx context.Context, store Store, inputs []*source.Input, o Options) (*Outcome, error) {
	r := &run{ctx: ctx, store: store, o: o, began: time.Now()}
	defer r.close()
	if err := r.prepare(inputs); err != nil {
		return nil, err
	}
	r.newJudge()
	defer func() { _ = r.judge.Close() }() // its files are temporary
	stored, err := store.Import(ctx, Load{
		Mode: r.mode, Collection: r.collection, Added: r.added, Columns: r.columns, Lesser: r.lesser, Widened: r.widened, Features: r.features(), Settle: r.settle,
		DryRun: o.DryRun, Record: r.record, Principal: o.Principal, Reason: o.Reason,
	})
	if r.judging != nil {
		for range r.judging { // it may go on where the store has failed
		}
	}
	r.out.Record = r.record(stored)
	r.out.Report = r.report(stored)
	r.out.ID = stored.Import
	if errors.Is(err, errBlocked) {
		return r.out, r.out.blocked()
	}
	if err != nil {
		return r.out, err
	}
	r.out.Created, r.out.Stored = r.mode == New, true
	return r.out, nil
}

// run is one import under way.
type run struct {
	ctx   context.Context
	store Store
	o     Options
	began time.Time

	mode       Mode
	existing   *geo.Collection // nil if it is to be made
	collection *geo.Collection
	added      []geo.Property
	columns    []int
	lesser     []int
	widened    []int
	parts      []*part
	judge      *quality.Judge
	judging    chan error // gives what the judging behind the last feature came to, then closed
	out        *Outcome
	total      int64
	read       int64
	blocked    bool // a feature may not be stored
}

// part is one file of an import.
type part struct {
	input  *source.Input
	format source.Format
	source source.Source
	index  int // of the layer
	layer  source.Layer
	system system
	plan   *plan
	origin func() (origin, error)
	from   origin // once it has been asked for
}

// know asks where the part came from.
func (p *part) know() (err error) {
	p.from, err = p.origin()
	return err
}

func (r *run) close() {
	for _, p := range r.parts {
		if p.source != nil {
			_ = p.source.Close() // it was only read
		}
	}
}

// prepare opens the inputs and decides where everything goes.
func (r *run) prepare(inputs []*source.Input) error {
	r.out = &Outcome{DryRun: r.o.DryRun}
	if len(inputs) == 0 {
		return geo.Invalidf("file", "no file was given").Try("the path of a file or folder that exists")
	}
	if err := r.settleMode(); err != nil {
		return err
	}
	for _, in := range inputs {
		if err := r.open(in); err != nil {
			return err
		}
	}
	return r.makePlan()
}

// settleMode finds out whether the collection is there, and whether that fits.
func (r *run) settleMode() error {
	if err := checkName(r.o.Collection); err != nil {
		return err
	}
	catalogue, err := r.store.Catalogue(r.ctx)
	if err != nil {
		return err
	}
	existing, err := catalogue.Collection(r.o.Collection)
	if err != nil && !geo.IsCode(err, geo.NotFound) {
		return err
	}
	r.mode = r.o.Mode
	switch {
	case existing != nil && (r.mode == "" || r.mode == New):
		return geo.Errorf(geo.Conflict, "there is a collection %q already, with %d features", existing.ID, existing.Count).
			Try("--mode append to add to it, upsert to change features with the same id too, replace to remove the others as well; or another name")
	case existing == nil && r.mode != "" && r.mode != New:
		return geo.Errorf(geo.NotFound, "there is no collection %q to %s", r.o.Collection, r.mode).Try("one of %s; or no --mode, which makes it", strings.Join(catalogue.IDs(), ", "))
	case existing == nil:
		r.mode = New
	default:
		r.existing = existing
	}
	return nil
}

// checkName makes sure that a name can be that of a collection and a table.
func checkName(id string) error {
	if id == "" || id[0] == '_' || len(id) > longestName || id != columnName(id) {
		return geo.Invalidf("collection", "%q can't be the name of a collection", clip(id)).Try("lower-case letters, digits and _, beginning with a letter, such as %s", columnName(id))
	}
	return nil
}

// open opens an input and chooses its layer.
func (r *run) open(in *source.Input) error {
	r.progress(Opening)
	p := &part{input: in, origin: newOrigin(in)}
	r.parts = append(r.parts, p)
	var err error
	if p.source, p.format, err = format.OpenSource(r.ctx, in, r.o.Read); err != nil {
		return err
	}
	if err := p.choose(r.o); err != nil {
		return err
	}
	if p.system, err = r.systemOf(p); err != nil {
		return err
	}
	for _, n := range p.layer.Notes {
		r.out.note("%s: %s", "%s: %s", in.Name, n)
	}
	return r.warnSwap(p)
}

// choose finds the layer asked for, or the only one.
func (p *part) choose(o Options) error {
	layers := p.source.Layers()
	wanted := o.Layer
	if wanted == "" && len(layers) > 1 && slices.ContainsFunc(layers, func(l source.Layer) bool { return l.Name == o.Collection }) {
		wanted = o.Collection
	}
	var names []string
	for i, l := range layers {
		names = append(names, clip(l.Name))
		if len(layers) == 1 && wanted == "" || l.Name == wanted {
			p.index, p.layer = i, l
			return nil
		}
	}
	if wanted != "" {
		return geo.Invalidf("layer", "%s has no layer %q", p.input.Name, clip(wanted)).Try("one of %s", strings.Join(names, ", "))
	}
	return geo.Invalidf("layer", "%s has %d layers", p.input.Name, len(layers)).Try("--layer with one of %s", strings.Join(names, ", "))
}

// makePlan places the columns of all parts in one collection.
func (r *run) makePlan() error {
	base := r.existing
	combine(r.parts)
	o := r.o
	o.Mode = r.mode
	for i, p := range r.parts {
		var err error
		if p.plan, err = newPlan(p.input.Name, p.layer, base, o); err != nil {
			return err
		}
		base = p.plan.collection
		r.added = append(r.added, p.plan.added...)
		r.columns = append(r.columns, p.plan.columns...)
		r.lesser = append(r.lesser, p.plan.lesser...)
		r.widened = append(r.widened, p.plan.widened...)
		if r.mode == Append {
			if err := p.know(); err != nil {
				return err
			}
			p.plan.identity.prefix = p.from.sha256[:8] + "-"
		} else if len(r.parts) > 1 {
			p.plan.identity.prefix = fmt.Sprintf("%d-", i+1)
		}
		for _, n := range p.plan.notes {
			r.out.note("%s: %s", "%s: %s", p.input.Name, n)
		}
		r.total += p.layer.Count
		if p.layer.Count < 0 {
			r.total = -1 << 40
		}
	}
	r.total = max(r.total, -1)
	r.collection = base
	r.settleTypes()
	slices.Sort(r.columns)
	r.columns = slices.Compact(r.columns)
	return nil
}

// settleTypes gives the columns that are to be made the types they have in the end; of the
// others some may have to be widened.
func (r *run) settleTypes() {
	if r.mode == New {
		r.added, r.widened = nil, nil
	}
	for k := range r.added {
		r.added[k], _ = r.collection.Property(r.added[k].Name)
	}
	r.widened = slices.DeleteFunc(r.widened, func(i int) bool { return i >= len(r.existing.Properties) })
}

// report gives what was found, with what people should know beside.
func (r *run) report(s Stored) *quality.Report {
	report := r.judge.Report()
	report.Remarks = slices.Clone(r.out.Notes)
	for _, name := range s.Widened {
		report.Remarks = append(report.Remarks, geo.Textf("the column %s takes numbers with decimals from now on, as the file has some; it had integers", "kolom %s sejak ini memuat bilangan desimal, karena berkas memuatnya; sebelumnya bilangan bulat", name))
	}
	return report
}

// combine gives all parts a type of geometry in which each has a place.
func combine(parts []*part) {
	first := &parts[0].layer
	kind, hasZ, hasM := multi(first.GeometryType), first.HasZ, first.HasM
	for _, p := range parts[1:] {
		if multi(p.layer.GeometryType) != kind {
			kind = "Geometry"
		}
		hasZ, hasM = hasZ || p.layer.HasZ, hasM || p.layer.HasM
	}
	if len(parts) > 1 {
		first.GeometryType, first.HasZ, first.HasM = kind, hasZ, hasM
	}
}

// record describes the import.
func (r *run) record(s Stored) Record {
	first := r.parts[0]
	rec := Record{
		ID: s.Import, Collection: r.collection.ID, Mode: r.mode, By: r.o.Principal, SHA256: first.from.sha256,
		Format: first.format.Name, Layer: first.layer.Name, CRS: first.system.crs.Code, Program: r.o.Program, Read: r.read,
		Inserted: s.Inserted, Updated: s.Updated, Unchanged: s.Unchanged, Deleted: s.Deleted, Columns: map[string]string{},
	}
	if r.o.CRS == nil {
		rec.CRSText = first.layer.CRSText
	}
	var names []string
	for _, p := range r.parts {
		names = append(names, p.input.Name)
		rec.Bytes += p.from.bytes
		for from, to := range p.plan.mapped {
			rec.Columns[from] = to
		}
		if p != first {
			rec.SHA256 += " " + p.from.sha256
		}
	}
	rec.File = strings.Join(names, ", ")
	if report := r.report(s); report != nil {
		rec.Errors, rec.Warnings = report.Errors, report.Warnings
		rec.Report = reportJSON(report)
	}
	return rec
}

func (r *run) progress(s Step) {
	if r.o.Progress != nil {
		r.o.Progress(Progress{Step: s, Done: r.read, Total: r.total, Began: r.began})
	}
}
