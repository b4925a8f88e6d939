package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kawasan/api/web"
	"kawasan/geo"
	"kawasan/geo/zone"
)

const mapAssetPath = "/map/assets/" //nolint:gosec // no credential: a path

// mapApp serves the map application: its page, the page for other sites, and its files.
type mapApp struct {
	assets *web.Assets
	page   *template.Template
}

func newMapApp(t *template.Template) (*mapApp, error) {
	assets, err := web.Load()
	if err != nil {
		return nil, err
	}
	return &mapApp{assets: assets, page: t.Lookup("app")}, nil
}

func (s *Server) mapEndpoints() []*endpoint {
	page := []*representation{asHTML}
	common := commonParameters(page)
	return []*endpoint{
		{id: "getMap", path: "/map", tag: "service", summary: geo.Words("The map application"), parameters: common, formats: page, hidden: true, needsData: true, handle: s.mapPage(false)},
		{id: "getMapEmbed", path: "/map/embed", tag: "service", summary: geo.Words("The map alone, for a frame on another site"), parameters: common, formats: page, hidden: true, needsData: true, handle: s.mapPage(true)},
		{id: "getMapAsset", path: mapAssetPath + ":asset", formats: page, parameters: []*parameter{}, hidden: true, handle: s.mapAsset},
	}
}

// mapSettings are what the application is told by its page.
type mapSettings struct {
	Base    string      `json:"base"` // address of the API
	Lang    string      `json:"lang"`
	Version string      `json:"version"`
	Land    string      `json:"land"`
	FarLand string      `json:"farLand"`
	Embed   bool        `json:"embed"`
	Online  *OnlineBase `json:"online,omitempty"`
	// Snippets are left out where the map stands alone.
	Snippets *mapSnippets `json:"snippets,omitempty"`
}

// mapView is what the template of the page sees.
type mapView struct {
	Lang, Base, Settings   string
	Script, Style          string
	Preload                []string
	Title, About, NoScript string
	Starting, Pages        string
}

// mapPage answers with the page of the application; all it needs to know stands in a meta element.
func (s *Server) mapPage(embed bool) func(*exchange) error {
	return func(x *exchange) error {
		e := s.mapApp.assets.Entry
		at := func(name string) string { return x.base + mapAssetPath + name }
		described := mapSettings{Base: x.base, Lang: x.lang, Version: s.config.Version, Land: at(e.Land), FarLand: at(e.FarLand), Embed: embed, Online: s.config.OnlineBase}
		if !embed {
			snippets := x.snippets(zone.DefaultCollection)
			described.Snippets = &snippets
		}
		settings, err := json.Marshal(described)
		if err != nil {
			return fmt.Errorf("write the settings of the map: %w", err)
		}
		v := mapView{
			Lang: x.lang, Base: x.base, Settings: string(settings), Script: at(e.Script), Style: at(e.Style),
			Title: x.say("map application"), About: x.say("about"), NoScript: x.say("map without script"),
			Starting: x.say("map starting"), Pages: x.say("map as pages"),
		}
		for _, name := range e.Preload {
			v.Preload = append(v.Preload, at(name))
		}
		var b bytes.Buffer
		if err := s.mapApp.page.Execute(&b, v); err != nil {
			return fmt.Errorf("render the page of the map: %w", err)
		}
		return x.sendMapPage(b.Bytes(), s.mapPolicy(x.base, embed))
	}
}

// sendMapPage sends the page; its tag is made from its bytes, which hold all that it depends on.
func (x *exchange) sendMapPage(body []byte, policy string) error {
	sum := sha256.Sum256(append([]byte(policy), body...))
	x.setVary()
	x.encoding = chooseEncoding(x.Get(fiber.HeaderAcceptEncoding))
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12])
	if x.encoding != "" {
		tag += "-" + x.encoding
	}
	tag += `"`
	x.Set(fiber.HeaderETag, tag)
	x.Set(fiber.HeaderCacheControl, "public, no-cache")
	if x.settled(tag, time.Time{}) {
		return nil
	}
	if err := x.send(body); err != nil {
		return err
	}
	x.Set(fiber.HeaderContentSecurityPolicy, policy)
	return nil
}

// mapPolicy lets the page load its own files and ask this server, and the
// operator's online base if there is one; nothing else. No inline script runs.
func (s *Server) mapPolicy(base string, embed bool) string {
	own := "'self'"
	if s.config.BaseURL != "" {
		own += " " + origin(base) // behind a proxy the links lead there
	}
	connect, images := own, own+" data: blob:"
	if o := s.config.OnlineBase; o != nil {
		connect += " " + origin(o.Tiles)
		images += " " + origin(o.Tiles)
	}
	frames := "'self'"
	if embed && len(s.config.EmbedOrigins) > 0 {
		frames += " " + strings.Join(s.config.EmbedOrigins, " ")
	}
	return "default-src " + own + "; script-src " + own + "; style-src " + own + "; worker-src " + own + "; img-src " + images +
		"; connect-src " + connect + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors " + frames
}

// origin is scheme and host of an address; "" if there are none.
func origin(address string) string {
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(address))
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// mapAsset answers with a file of the application, for ever: another content has another
// name. What other sites name is asked for anew each time.
func (s *Server) mapAsset(x *exchange) error {
	name := x.Params("asset")
	file, ok := s.mapApp.assets.File(name)
	if !ok {
		return geo.Errorf(geo.NotFound, "the map application has no file %q", geo.Clip(name)).Try("reloading the map")
	}
	coding := chooseAssetCoding(x.Get(fiber.HeaderAcceptEncoding))
	tag := `"` + file.Tag + coding + `"`
	x.Vary(fiber.HeaderAcceptEncoding)
	x.Set(fiber.HeaderETag, tag)
	x.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	if file.Lasting {
		x.Set(fiber.HeaderCacheControl, "public, no-cache")
	}
	if x.settled(tag, time.Time{}) {
		return nil
	}
	x.Set(fiber.HeaderContentType, file.Type)
	if coding != "" {
		x.Set(fiber.HeaderContentEncoding, coding)
	}
	x.Response().SetBodyRaw(file.Encoded(coding))
	return nil
}

// chooseAssetCoding prefers the smallest: files are compressed once, not for each request.
func chooseAssetCoding(accept string) string {
	for _, coding := range []string{"br", "gzip"} {
		for part := range strings.SplitSeq(accept, ",") {
			name, parameters, _ := strings.Cut(part, ";")
			if strings.EqualFold(strings.TrimSpace(name), coding) && weightOf(parameters) > 0 {
				return coding
			}
		}
	}
	return ""
}
