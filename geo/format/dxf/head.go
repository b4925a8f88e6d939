package dxf

import (
	"strconv"

	"kawasan/geo/format/decimal"
	"kawasan/geo/format/wkb"
)

// head writes all that stands before the entities.
func (w *writer) head() {
	w.comment(w.system.Code + " " + w.system.Name)
	for _, f := range w.origin {
		w.comment(f.Name + ": " + f.Value)
	}
	w.section("HEADER")
	w.header()
	w.endSection()
	w.section("TABLES")
	w.lineTypes()
	w.layers()
	w.table("STYLE", 0)
	w.endTable()
	w.table("APPID", 1)
	w.group(0, "APPID")
	w.group(2, application)
	w.group(70, "0")
	w.endTable()
	w.endSection()
	w.section("BLOCKS")
	w.endSection()
	w.section("ENTITIES")
}

func (w *writer) comment(text string) {
	line, _ := appendText(nil, text, longestString)
	w.group(999, string(line))
}

func (w *writer) section(name string) {
	w.group(0, "SECTION")
	w.group(2, name)
}

func (w *writer) endSection() { w.group(0, "ENDSEC") }

func (w *writer) table(name string, entries int) {
	w.group(0, "TABLE")
	w.group(2, name)
	w.group(70, strconv.Itoa(entries))
}

func (w *writer) endTable() { w.group(0, "ENDTAB") }

func (w *writer) header() {
	box := w.box
	if box.IsEmpty() {
		box = wkb.Box{}
	}
	w.variable("$ACADVER", 1, "AC1009")
	w.variable("$DWGCODEPAGE", 3, "ANSI_1252")
	w.group(9, "$EXTMIN")
	w.position(box.MinX, box.MinY, 0)
	w.group(9, "$EXTMAX")
	w.position(box.MaxX, box.MaxY, 0)
	w.variable("$LTSCALE", 40, w.number(w.textHeight))
	w.variable("$TEXTSIZE", 40, w.number(w.textHeight))
	w.variable("$PDMODE", 70, "34") // points are shown as a circle with a cross
	w.variable("$PDSIZE", 40, w.number(w.textHeight/2))
}

func (w *writer) variable(name string, code int, value string) {
	w.group(9, name)
	w.group(code, value)
}

func (w *writer) number(v float64) string { return string(decimal.Append(nil, v, decimals)) }

// lineTypes are solid and dashed; the lengths of dash and gap are multiplied by $LTSCALE.
func (w *writer) lineTypes() {
	w.table("LTYPE", 2)
	for _, t := range []struct {
		name, looks string
		parts       []string
	}{{"CONTINUOUS", "Solid line", nil}, {"DASHED", "__ __ __", []string{"1.5", "-1"}}} {
		w.group(0, "LTYPE")
		w.group(2, t.name)
		w.group(70, "0")
		w.group(3, t.looks)
		w.group(72, "65")
		w.group(73, strconv.Itoa(len(t.parts)))
		if len(t.parts) == 0 {
			w.group(40, "0")
			continue
		}
		w.group(40, "2.5")
		for _, p := range t.parts {
			w.group(49, p)
		}
	}
	w.endTable()
}

func (w *writer) layers() {
	w.table("LAYER", len(w.order)+1)
	w.layerEntry("0", layerLook{colour: 7, firm: true})
	for _, name := range w.order {
		w.layerEntry(name, w.names[name])
	}
	w.endTable()
}

func (w *writer) layerEntry(name string, look layerLook) {
	w.group(0, "LAYER")
	w.group(2, name)
	w.group(70, "0")
	w.group(62, strconv.Itoa(look.colour))
	line := "DASHED"
	if look.firm {
		line = "CONTINUOUS"
	}
	w.group(6, line)
}
