package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/andybalholm/brotli"
)

//go:embed dist
var built embed.FS

// Entry names the files that a page begins with.
type Entry struct {
	Script string `json:"script"`
	Style  string `json:"style"`
	// Preload are the modules that the script will ask for at once.
	Preload []string `json:"preload"`
	// Land is the base map that needs no other host: around the data, and the rest of the world.
	Land    string `json:"land"`
	FarLand string `json:"farLand"`
}

// Assets are the files of the application. The names of all but the lasting ones
// change with their content, so that they may be kept for ever.
type Assets struct {
	Entry Entry
	files map[string]*Asset
}

// Asset is one file, with its compressed forms.
type Asset struct {
	Type string // media type
	Body []byte
	Tag  string // changes with the content
	// Lasting says that the name stays, as other sites use it.
	Lasting bool

	brotli, gzip func() []byte // made when first asked for
}

// Load reads the embedded files.
func Load() (*Assets, error) {
	a := &Assets{files: map[string]*Asset{}}
	manifest, err := built.ReadFile("dist/manifest.json")
	if err != nil {
		return nil, fmt.Errorf("read the map application: %w", err)
	}
	if err := json.Unmarshal(manifest, &a.Entry); err != nil {
		return nil, fmt.Errorf("read the manifest of the map application: %w", err)
	}
	files, err := fs.ReadDir(built, "dist")
	if err != nil {
		return nil, fmt.Errorf("list the map application: %w", err)
	}
	for _, f := range files {
		mediaType, served := mediaTypes[path.Ext(f.Name())]
		if !served || f.Name() == "manifest.json" {
			continue
		}
		body, err := built.ReadFile("dist/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("read the map application: %w", err)
		}
		asset := newAsset(mediaType, body)
		asset.Tag = f.Name()
		if asset.Lasting = slices.Contains(lasting, f.Name()); asset.Lasting {
			sum := sha256.Sum256(body)
			asset.Tag = hex.EncodeToString(sum[:8])
		}
		if best, err := built.ReadFile("dist/" + f.Name() + ".br"); err == nil {
			asset.brotli = func() []byte { return best }
		}
		a.files[f.Name()] = asset
	}
	for _, name := range append([]string{a.Entry.Script, a.Entry.Style, a.Entry.Land, a.Entry.FarLand}, a.Entry.Preload...) {
		if a.files[name] == nil {
			return nil, fmt.Errorf("the map application lacks the file %q", name)
		}
	}
	return a, nil
}

// lasting are the files that pages of other sites name: MapLibre, ready to be used.
var lasting = []string{"maplibre.js", "maplibre.css"}

var mediaTypes = map[string]string{
	".js":   "text/javascript; charset=utf-8",
	".mjs":  "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".json": "application/json",
	".txt":  "text/plain; charset=utf-8",
}

// File finds a file by its name.
func (a *Assets) File(name string) (*Asset, bool) {
	f, ok := a.files[name]
	return f, ok
}

func newAsset(mediaType string, body []byte) *Asset {
	return &Asset{
		Type: mediaType, Body: body,
		brotli: sync.OnceValue(func() []byte {
			var b bytes.Buffer
			w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 6, LGWin: 22})
			_, _ = w.Write(body) // a bytes.Buffer takes all
			_ = w.Close()
			return b.Bytes()
		}),
		gzip: sync.OnceValue(func() []byte {
			var b bytes.Buffer
			w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level exists
			_, _ = w.Write(body)
			_ = w.Close()
			return b.Bytes()
		}),
	}
}

// Encoded gives the file in a content coding, br or gzip, as it is for any
// other. A form that was not built is made when first asked for (some 50 ms a
// megabyte) and kept.
func (a *Asset) Encoded(coding string) []byte {
	switch coding {
	case "br":
		return a.brotli()
	case "gzip":
		return a.gzip()
	}
	return a.Body
}
