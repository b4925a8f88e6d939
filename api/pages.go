package api

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

//go:embed templates
var templateFiles embed.FS

const stylePath = "/style.css"

var asStyle = &representation{"css", "text/css; charset=utf-8", "CSS"}

// pages are the HTML forms of resources, parsed once.
type pages struct {
	templates *template.Template
	phrases   map[string]geo.Text
	style     []byte
	styleHash string
}

func loadPages() (*pages, error) {
	t, err := template.New("").Funcs(template.FuncMap{"keys": keys, "show": show}).ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse the pages: %w", err)
	}
	style, err := templateFiles.ReadFile("templates/style.css")
	if err != nil {
		return nil, fmt.Errorf("read the style of the pages: %w", err)
	}
	sum := sha256.Sum256(style)
	return &pages{templates: t, phrases: phrases(), style: style, styleHash: hex.EncodeToString(sum[:6])}, nil
}

// view is what a template sees.
type view struct {
	Page, Base, Path, Lang, Style, Version string
	Other                                  string // address of this page in the other language
	Data                                   any
	Links                                  []link // other forms of this page
	say                                    func(string) string
}

// T gives a phrase in the language of the page.
func (v view) T(key string) string { return v.say(key) }

// render writes a page with its frame.
func (p *pages) render(x *exchange, page string, data any) ([]byte, error) {
	other := "id"
	if x.lang == "id" {
		other = "en"
	}
	v := view{
		Page: page, Base: x.base, Path: x.path, Lang: x.lang, Style: p.styleHash, Version: x.server.config.Version,
		Other: x.url(x.path, x.values.with("lang", other)), Data: data, say: x.say,
	}
	if x.collection != nil || page != "problem" {
		for _, r := range x.endpoint.formats {
			if r != asHTML && page != "problem" {
				v.Links = append(v.Links, link{Href: x.url(x.path, x.values.with("f", r.name)), Type: r.mediaType, Title: r.title})
			}
		}
	}
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, "frame", v); err != nil {
		return nil, fmt.Errorf("render page %s: %w", page, err)
	}
	return b.Bytes(), nil
}

// setPageHeaders sets what a page may do: show itself and its style, and send
// its own forms back. No scripts run.
func (x *exchange) setPageHeaders() {
	x.Set(fiber.HeaderContentType, asHTML.mediaType)
	x.Set(fiber.HeaderContentLanguage, x.lang)
	x.Set(fiber.HeaderContentSecurityPolicy,
		"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")
}

// style answers with the style sheet; its address changes with its content.
func (s *Server) style(x *exchange) error {
	x.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	x.Set(fiber.HeaderContentType, asStyle.mediaType)
	return x.Send(s.pages.style)
}

func keys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// show writes a value of a feature for people.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []string:
		return strings.Join(v, ", ")
	case time.Time:
		return geo.FormatTimestamp(v)
	case json.RawMessage:
		return string(v)
	case float64:
		b, _ := json.Marshal(v)
		return string(b)
	}
	return strings.Trim(fmt.Sprint(v), "[]")
}
