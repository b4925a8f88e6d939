package api

import (
	"net/url"
	"strings"

	"kawasan/geo"
)

// OnlineBase is a raster map of another host, which users of the map application
// may switch on. Their browsers then ask that host for its tiles.
type OnlineBase struct {
	// Tiles is the address of a tile with {z}, {x} and {y}.
	Tiles string `json:"tiles"`
	// Attribution names its makers on the map, in plain text.
	Attribution string `json:"attribution"`
}

func (o *OnlineBase) check() error {
	if o == nil {
		return nil
	}
	u, err := url.Parse(strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0").Replace(o.Tiles))
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || strings.ContainsAny(u.Host, " ;,'\"") {
		return geo.Errorf(geo.Invalid, "the online base %q is not the address of tiles", o.Tiles).Try("an address of the form https://host/{z}/{x}/{y}.png")
	}
	for _, variable := range []string{"{z}", "{x}", "{y}"} {
		if !strings.Contains(o.Tiles, variable) {
			return geo.Errorf(geo.Invalid, "the online base %q lacks %s", o.Tiles, variable).Try("an address of the form https://host/{z}/{x}/{y}.png")
		}
	}
	if o.Attribution == "" {
		return geo.Errorf(geo.Invalid, "the online base %q has no attribution: its makers ask to be named", o.Tiles).Try("--online-base-attribution with their names")
	}
	return nil
}

// checkEmbedOrigins refuses what would end or bend the policy it becomes part of.
func checkEmbedOrigins(origins []string) error {
	for _, o := range origins {
		if o == "*" || o == "https:" {
			continue
		}
		u, err := url.Parse(o)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.Path != "" || u.RawQuery != "" || strings.ContainsAny(o, " ;,'\"") {
			return geo.Errorf(geo.Invalid, "the origin %q, which may embed the map, is none", o).Try("an origin of the form https://host, or *")
		}
	}
	return nil
}
