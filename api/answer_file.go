package api

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/format"
	"kawasan/geo/proximity"
)

// answerFiles are the codes of the file formats in which an answer can be had.
func answerFiles() []string { return []string{"csv", "xlsx", "gpkg"} }

// fileForms are the representations of some file formats.
func fileForms(codes []string) []*representation {
	var forms []*representation
	for _, code := range codes {
		if f, ok := format.ByName(code); ok {
			forms = append(forms, &representation{name: f.Name, mediaType: f.MediaType, title: f.Title, file: true})
		}
	}
	return forms
}

// sendAnswerFile writes the features of an answer as a file. Answers are bounded,
// so the file is made before the first byte leaves.
func (x *exchange) sendAnswerFile(f format.Format, a *proximity.Answer) error {
	return x.sendRows(f, a.Collection, a.Features)
}

// sendRows writes features made for an answer as a file.
func (x *exchange) sendRows(f format.Format, c *geo.Collection, features []*geo.Feature) error {
	var b bytes.Buffer
	w, err := f.New(&b, format.Options{})
	if err != nil {
		return fmt.Errorf("begin %s: %w", f.Name, err)
	}
	defer w.Discard()
	if err := w.Open(format.Layer{Collection: c, Query: x.url(x.path, x.values)}); err != nil {
		return err
	}
	for _, feature := range features {
		if x.ctx.Err() != nil {
			return x.ctx.Err()
		}
		if err := w.Write(feature); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	x.Set(fiber.HeaderContentDisposition, fmt.Sprintf("attachment; filename=%q", "kawasan-"+c.ID+f.Extension))
	if f.Binary {
		x.encoding = "" // it is compressed already
	}
	return x.send(b.Bytes())
}
