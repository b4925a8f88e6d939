package clients_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"kawasan/api"
	"kawasan/api/clients"
	"kawasan/geo"
	"kawasan/geo/geotest"
)

const host = "http://example.test"

// sender asks a server inside the process, which has two pages of a few places.
func sender(t *testing.T) clients.Sender {
	t.Helper()
	l := geotest.NewLayer("places", "Point", geotest.Prop("name", geo.String), geotest.Prop("size", geo.Integer))
	for i := range 12 {
		l.Add(string(rune('a'+i)), orb.Point{116 + float64(i)/10, -1 + float64(i%3)/10}, geotest.Values{"name": "place " + string(rune('A'+i)), "size": int64(i)})
	}
	s, err := api.New(api.Config{Reader: geotest.NewReader(l), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return func(r *http.Request) (*http.Response, error) {
		r.Host = "example.test"
		return s.App().Test(r, -1)
	}
}

// spoil changes the answers on their way.
func spoil(send clients.Sender, change func(r *http.Request, status *int, h http.Header, d map[string]any)) clients.Sender {
	return func(r *http.Request) (*http.Response, error) {
		response, err := send(r)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			return nil, err
		}
		var d map[string]any
		_ = json.Unmarshal(body, &d) // answers that are not JSON stay as they are
		isDocument := d != nil
		if d == nil {
			d = map[string]any{}
		}
		change(r, &response.StatusCode, response.Header, d)
		if isDocument {
			if body, err = json.Marshal(d); err != nil {
				return nil, err
			}
		}
		response.Body = io.NopCloser(bytes.NewReader(body))
		return response, nil
	}
}

// links changes each link of a document, those of its collections too; false drops it.
func links(d map[string]any, keep func(l map[string]any) bool) {
	list, _ := d["links"].([]any)
	d["links"] = slices.DeleteFunc(list, func(v any) bool {
		l, ok := v.(map[string]any)
		return ok && !keep(l)
	})
	all, _ := d["collections"].([]any)
	for _, v := range all {
		if c, ok := v.(map[string]any); ok {
			links(c, keep)
		}
	}
}

func at(d map[string]any, path ...string) map[string]any {
	for _, name := range path {
		d, _ = d[name].(map[string]any)
	}
	return d
}

func isItems(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/items") }

// TestFaultsAreFound spoils answers in the ways in which servers are known to fall
// short, and expects that each client is said to suffer as it does.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	type change = func(r *http.Request, status *int, h http.Header, d map[string]any)
	undeclare := func(part string) change {
		return func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if list, ok := d["conformsTo"].([]any); ok && r.URL.Path == "/conformance" {
				d["conformsTo"] = slices.DeleteFunc(list, func(v any) bool { text, _ := v.(string); return strings.Contains(text, part) })
			}
		}
	}
	for name, c := range map[string]struct {
		change change
		want   map[string]clients.Outcome // client and feature
	}{
		"relative links": {func(_ *http.Request, _ *int, _ http.Header, d map[string]any) {
			links(d, func(l map[string]any) bool {
				href, _ := l["href"].(string)
				l["href"] = strings.TrimPrefix(href, host)
				return true
			})
		}, map[string]clients.Outcome{"QGIS/description": clients.Fails, "ArcGIS/conformance": clients.Fails}},
		"links to another host": {func(_ *http.Request, _ *int, _ http.Header, d map[string]any) {
			links(d, func(l map[string]any) bool {
				href, _ := l["href"].(string)
				l["href"] = strings.Replace(href, "example.test", "internal.test", 1)
				return true
			})
		}, map[string]clients.Outcome{"QGIS/description": clients.Fails}},
		"no service-desc": {func(_ *http.Request, _ *int, _ http.Header, d map[string]any) {
			links(d, func(l map[string]any) bool { return l["rel"] != "service-desc" })
		}, map[string]clients.Outcome{"QGIS/landing": clients.Fails, "QGIS/features": clients.Unchecked, "ArcGIS/description": clients.Missing, "OWSLib/description": clients.Fails}},
		"service-desc without type": {func(_ *http.Request, _ *int, _ http.Header, d map[string]any) {
			links(d, func(l map[string]any) bool {
				if l["rel"] == "service-desc" {
					delete(l, "type")
				}
				return true
			})
		}, map[string]clients.Outcome{"OWSLib/landing": clients.Fails, "QGIS/description": clients.Works}},
		"limit without maximum": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if r.URL.Path == "/api" {
				delete(at(d, "components", "parameters", "limit", "schema"), "maximum")
			}
		}, map[string]clients.Outcome{"QGIS/page-size": clients.Missing, "GDAL/page-size": clients.Missing, "ArcGIS/page-size": clients.Missing, "QGIS/paging": clients.Works}},
		"filters not declared":              {undeclare("features-filter"), map[string]clients.Outcome{"QGIS/filter": clients.Missing, "QGIS/where": clients.Missing, "OWSLib/filter": clients.Missing}},
		"GeoJSON not declared":              {undeclare("conf/geojson"), map[string]clients.Outcome{"ArcGIS/conformance": clients.Fails, "ArcGIS/features": clients.Unchecked}},
		"reference systems not declared":    {undeclare("conf/crs"), map[string]clients.Outcome{"QGIS/systems": clients.Missing}},
		"filters declared, but refused":     {refuse("filter"), map[string]clients.Outcome{"QGIS/filter": clients.Fails, "QGIS/where": clients.Fails, "OWSLib/filter": clients.Fails}},
		"unknown parameters refused":        {refuse("token"), map[string]clients.Outcome{"ArcGIS/keys": clients.Fails}},
		"no paging by startindex":           {refuse("startindex"), map[string]clients.Outcome{"ArcGIS/paging": clients.Fails}},
		"no paging by offset":               {refuse("offset"), map[string]clients.Outcome{"OWSLib/paging": clients.Fails}},
		"reference systems listed, no more": {refuse("crs"), map[string]clients.Outcome{"QGIS/systems": clients.Fails, "GDAL/systems": clients.Fails, "ArcGIS/systems": clients.Fails}},
		"no Content-Crs": {func(_ *http.Request, _ *int, h http.Header, _ map[string]any) {
			h.Del("Content-Crs")
		}, map[string]clients.Outcome{"QGIS/systems": clients.Fails, "GDAL/systems": clients.Fails}},
		"the next link is lost": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if isItems(r) {
				links(d, func(l map[string]any) bool { return l["rel"] != "next" })
			}
		}, map[string]clients.Outcome{"QGIS/paging": clients.Fails, "GDAL/paging": clients.Fails}},
		"the first page comes again": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if isItems(r) {
				links(d, func(l map[string]any) bool {
					if l["rel"] == "next" {
						l["href"] = host + r.URL.String()
					}
					return true
				})
			}
		}, map[string]clients.Outcome{"QGIS/paging": clients.Fails, "GDAL/paging": clients.Fails}},
		"no counts": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if isItems(r) && r.URL.Query().Get("resultType") == "" {
				delete(d, "numberMatched")
			}
		}, map[string]clients.Outcome{"QGIS/count": clients.Missing, "GDAL/count": clients.Works}},
		"features without ids": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			list, _ := d["features"].([]any)
			for _, v := range list {
				if f, ok := v.(map[string]any); ok {
					delete(f, "id")
				}
			}
		}, map[string]clients.Outcome{"QGIS/features": clients.Fails, "ArcGIS/features": clients.Fails}},
		"a flat extent": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if spatial := at(d, "extent", "spatial"); spatial != nil {
				if list, ok := spatial["bbox"].([]any); ok && len(list) > 0 {
					spatial["bbox"] = list[0]
				}
			}
		}, map[string]clients.Outcome{"QGIS/collections": clients.Fails}},
		"boxes find nothing": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if isItems(r) && r.URL.Query().Get("bbox") != "" {
				d["features"], d["numberMatched"] = []any{}, 0
			}
		}, map[string]clients.Outcome{"QGIS/box": clients.Fails, "GDAL/box": clients.Fails, "ArcGIS/box": clients.Fails, "OWSLib/box": clients.Fails}},
		"filters are not applied": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			list, _ := d["features"].([]any)
			if q := r.URL.Query(); len(list) == 0 || (!q.Has("filter") && !q.Has("name") && r.Method != http.MethodPost) {
				return
			}
			f, _ := list[0].(map[string]any)
			other, _ := json.Marshal(f) // a copy
			var g map[string]any
			_ = json.Unmarshal(other, &g)
			g["id"] = "other"
			properties := at(g, "properties")
			for name := range properties {
				properties[name] = "another value"
			}
			d["features"] = append(list, g)
		}, map[string]clients.Outcome{"QGIS/filter": clients.Fails, "QGIS/simple": clients.Fails, "OWSLib/filter": clients.Fails, "OWSLib/filter-json": clients.Fails}},
		"no filters by POST": {func(r *http.Request, status *int, _ http.Header, _ map[string]any) {
			if r.Method == http.MethodPost {
				*status = http.StatusMethodNotAllowed
			}
		}, map[string]clients.Outcome{"OWSLib/filter-json": clients.Missing}},
		"no Allow": {func(r *http.Request, _ *int, h http.Header, _ map[string]any) {
			h.Del("Allow")
		}, map[string]clients.Outcome{"QGIS/editing": clients.Missing}},
		"text/plain": {func(r *http.Request, _ *int, h http.Header, _ map[string]any) {
			h.Set("Content-Type", "text/plain")
		}, map[string]clients.Outcome{"GDAL/landing": clients.Fails, "QGIS/features": clients.Fails}},
		"geometries of two types": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			list, _ := d["features"].([]any)
			for _, v := range list {
				if f, ok := v.(map[string]any); ok && f["geometry"] != nil {
					at(f, "geometry")["type"] = "GeometryCollection"
				}
			}
		}, map[string]clients.Outcome{"QGIS/types": clients.Fails}},
		"a schema that leaves attributes out": {func(r *http.Request, _ *int, _ http.Header, d map[string]any) {
			if strings.HasSuffix(r.URL.Path, "/feature-schema") {
				delete(at(d, "properties", "properties", "properties"), "name")
			}
		}, map[string]clients.Outcome{"GDAL/types": clients.Fails}},
		"nothing but 500": {func(_ *http.Request, status *int, _ http.Header, d map[string]any) {
			*status = http.StatusInternalServerError
		}, map[string]clients.Outcome{"QGIS/landing": clients.Fails, "GDAL/landing": clients.Fails, "ArcGIS/landing": clients.Fails, "OWSLib/landing": clients.Fails}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			send := spoil(sender(t), c.change)
			got := map[string]clients.Outcome{}
			for key, outcome := range c.want {
				name, _, _ := strings.Cut(key, "/")
				if _, asked := got[name]; !asked {
					got[name] = ""
					outcomes(t, send, name, got)
				}
				if got[key] != outcome {
					t.Errorf("%s: got %q, want %q", key, got[key], outcome)
				}
			}
		})
	}
}

// outcomes adds what one client makes of a server, by client and feature.
func outcomes(t *testing.T, send clients.Sender, client string, got map[string]clients.Outcome) {
	t.Helper()
	report, err := clients.Check(t.Context(), send, host, clients.Options{Only: client, Collections: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Clients[0].Features {
		key := client + "/" + f.Key
		got[key] = f.Outcome
		if explained := f.Why.EN != "" && f.Why.ID != ""; explained != (f.Outcome == clients.Fails || f.Outcome == clients.Missing) {
			t.Errorf("%s is %s because %+v", key, f.Outcome, f.Why)
		}
		if (f.Request != "") != (f.Outcome == clients.Fails) {
			t.Errorf("%s is %s by the request %q", key, f.Outcome, f.Request)
		}
	}
}

// refuse answers 400 to requests for items with a parameter.
func refuse(parameter string) func(*http.Request, *int, http.Header, map[string]any) {
	return func(r *http.Request, status *int, _ http.Header, d map[string]any) {
		if isItems(r) && r.URL.Query().Has(parameter) {
			*status = http.StatusBadRequest
			clear(d)
			d["detail"] = "the parameter " + parameter + " is not known"
		}
	}
}

// TestCheckIsBounded stops when the requests allowed are used up, and asks no other host.
func TestCheckIsBounded(t *testing.T) {
	t.Parallel()
	send, asked := sender(t), 0
	report, err := clients.Check(t.Context(), func(r *http.Request) (*http.Response, error) {
		asked++
		if r.URL.Host != "example.test" {
			t.Errorf("asked %s", r.URL)
		}
		return send(r)
	}, host, clients.Options{Requests: 25})
	if err != nil || asked != 25 || report.Requests != 25 || !report.Cut {
		t.Errorf("%d requests were sent, got %+v, %v", asked, report, err)
	}
	if n := report.Count(clients.Fails); n != 0 {
		t.Errorf("%d features are said to fail", n)
	}
	for _, address := range []string{"", "x", "ftp://example.test", "http://", "://", "http://[::1"} {
		if _, err := clients.Check(t.Context(), send, address, clients.Options{}); err == nil {
			t.Errorf("%q was taken for the address of a server", address)
		}
	}
}
