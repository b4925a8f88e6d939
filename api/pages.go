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
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

//go:embed templates
var templateFiles embed.FS

const (
	stylePath = "/style.css"
	iconPath  = "/favicon.ico" // what browsers ask for beside files that name none
)

var asIcon = &representation{"svg", "image/svg+xml", geo.Text{EN: "SVG"}, false}

var asStyle = &representation{"css", "text/css; charset=utf-8", geo.Text{EN: "CSS"}, false}

// pages are the HTML forms of resources, parsed once.
type pages struct {
	templates *template.Template
	phrases   map[string]geo.Text
	style     []byte
	icon      []byte
	// hash is another one whenever templates, style or wording are: part of the ETags.
	hash string
}

func loadPages() (*pages, error) {
	t, err := template.New("").Funcs(template.FuncMap{"collectionPath": collectionPath, "keys": keys, "inc": func(n int) int { return n + 1 }}).ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse the pages: %w", err)
	}
	style, err := templateFiles.ReadFile("templates/style.css")
	if err != nil {
		return nil, fmt.Errorf("read the style of the pages: %w", err)
	}
	icon, err := templateFiles.ReadFile("templates/icon.svg")
	if err != nil {
		return nil, fmt.Errorf("read the icon of the pages: %w", err)
	}
	all := sha256.New()
	names, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	for _, name := range names {
		content, err := templateFiles.ReadFile("templates/" + name.Name())
		if err != nil {
			return nil, fmt.Errorf("read the pages: %w", err)
		}
		_, _ = all.Write(content)
	}
	said, err := json.Marshal(phrases())
	if err != nil {
		return nil, fmt.Errorf("read the phrases: %w", err)
	}
	_, _ = all.Write(said)
	return &pages{templates: t, phrases: phrases(), style: style, icon: icon, hash: hex.EncodeToString(all.Sum(nil)[:6])}, nil
}

// view is what a template sees.
type view struct {
	Page, Base, Path, Lang, Version string
	Other                           string // address of this page in the other language
	Data                            any
	Links                           []link // other forms of this page
	Preview                         string // address of a picture that stands for the page; "" for none
	Summary                         string // of the page in a sentence; "" for none
	Crumbs                          []question
	Next                            string // address that the page leads to by itself; "" for none
	Address                         string // of the page, for paper
	say                             func(string) string
}

// T gives a phrase in the language of the page.
func (v view) T(key string) string { return v.say(key) }

// With is the view for a part of the page.
func (v view) With(data any) view {
	v.Data = data
	return v
}

// render writes a page with its frame.
func (p *pages) render(x *exchange, page string, data any) ([]byte, error) {
	other := "id"
	if x.lang == "id" {
		other = "en"
	}
	v := view{
		Page: page, Base: x.base, Path: x.path, Lang: x.lang, Version: x.server.config.Version,
		Other: x.url(x.path, x.values.with("lang", other)), Data: data, say: x.say, Preview: x.preview(page), Crumbs: x.crumbs(page, data), Address: x.url(x.path, x.values),
	}
	if s, ok := data.(summarised); ok {
		v.Summary = s.summary()
	}
	if r, ok := data.(refreshing); ok {
		v.Next = r.next()
	}
	if page != "problem" && v.Next == "" {
		for _, r := range x.endpoint.formats {
			if r != asHTML && !(r.file && x.endpoint.exports) { // files are offered apart
				v.Links = append(v.Links, link{Href: x.url(x.path, x.values.with("f", r.name)), Type: r.mediaType, Title: r.title.In(x.lang)})
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

// style answers with the style sheet.
func (s *Server) style(x *exchange) error { return x.sendOwn(asStyle, s.pages.style) }

// icon answers with the sign of the site.
func (s *Server) icon(x *exchange) error { return x.sendOwn(asIcon, s.pages.icon) }

// sendOwn sends a file that pages are made with.
func (x *exchange) sendOwn(r *representation, content []byte) error {
	etag := `"` + x.server.pages.hash + `"`
	x.Set(fiber.HeaderETag, etag)
	x.Set(fiber.HeaderCacheControl, "public, max-age=300")
	if x.settled(etag, time.Time{}) {
		return nil
	}
	x.Set(fiber.HeaderContentType, r.mediaType)
	return x.Send(content)
}

func keys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// sendPage renders an answer for people; begin came before.
func (x *exchange) sendPage(name string, data any) error {
	body, err := x.server.pages.render(x, name, data)
	if err != nil {
		return err
	}
	return x.send(body)
}
