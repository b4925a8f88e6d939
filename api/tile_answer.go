package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/paulmach/orb"
	"github.com/valyala/fasthttp"

	"kawasan/geo"
	"kawasan/geo/tile"
)

// droppedHeader gives the number of features that found no room in a tile.
const droppedHeader = "Kawasan-Features-Dropped"

// versionParameter names the version of the data in the address of a tile.
const versionParameter = "v"

// uncertaintyParameter asks for how far boundaries may be off.
const uncertaintyParameter = "uncertainty"

// labelsParameter asks for where names of areas stand.
const labelsParameter = "labels"

func (x *exchange) labelled() bool { return x.values.text(labelsParameter) == "true" }

func (x *exchange) uncertain() bool { return x.values.text(uncertaintyParameter) == "true" }

// tile answers with a vector tile.
func (s *Server) tile(x *exchange) error {
	address, err := tile.ParseAddress(x.Params("tileMatrixSetId"), x.Params("tileMatrix"), x.Params("tileRow"), x.Params("tileCol"))
	if err != nil {
		return err
	}
	return x.answerTile(address)
}

// tileXYZ answers with a tile of Web Mercator, addressed as most web maps do it.
func (s *Server) tileXYZ(x *exchange) error {
	row := x.Params("y")
	for _, suffix := range []string{".mvt", ".pbf"} {
		row = strings.TrimSuffix(row, suffix)
	}
	if number, suffix, more := strings.Cut(row, "."); more {
		return geo.Invalidf("y", "tiles are vector tiles, not .%s", geo.Clip(suffix)).Try("%s, %s.mvt or %s.pbf; pictures are at /collections/{c}/map.png", geo.Clip(number), geo.Clip(number), geo.Clip(number))
	}
	address, err := tile.ParseAddress(tile.WebMercatorQuad().ID, x.Params("z"), row, x.Params("x"))
	if err != nil {
		return err
	}
	return x.answerTile(address)
}

func (x *exchange) answerTile(address tile.Address) error {
	collections, err := x.tiled()
	if err != nil {
		return err
	}
	extent, err := x.tiledExtent(collections)
	if err != nil {
		return err
	}
	if err := address.Set.LimitsAt(extent, address.Zoom).Check(address); err != nil {
		return err
	}
	r, err := x.tileRequest(address, collections)
	if err != nil {
		return err
	}
	// What the client has already needs no tile.
	versions := versionsOf(collections)
	if x.beginTile(collections, versions) {
		return nil
	}
	made := &tile.Tile{}
	if len(collections) > 0 {
		if made, err = x.server.tiles.Make(x.ctx, r); err != nil {
			return err
		}
		if !slices.Equal(made.Versions, versions) && x.beginTile(collections, made.Versions) {
			return nil
		}
	}
	if made.Dropped > 0 {
		x.Set(droppedHeader, strconv.Itoa(made.Dropped))
	}
	return x.sendTile(made)
}

// tiledExtent is where the tiles of collections are.
func (x *exchange) tiledExtent(collections []*geo.Collection) (orb.Bound, error) {
	if !x.uncertain() {
		return tile.ExtentOf(collections), nil
	}
	return x.server.tiles.Reach(x.ctx, collections)
}

// tileRequest reads the parameters that choose what a tile shows.
func (x *exchange) tileRequest(address tile.Address, collections []*geo.Collection) (tile.Request, error) {
	r := tile.Request{Address: address, Principal: x.principal, Uncertainty: x.uncertain(), Labels: x.labelled()}
	for _, c := range collections {
		r.Collections = append(r.Collections, c.ID)
	}
	var items itemsRequest
	if err := x.parseTime(&items); err != nil {
		return r, err
	}
	var err error
	if r.Filters, err = x.filtersOf(collections); err != nil {
		return r, err
	}
	if names, given := x.values.get("properties"); given {
		r.Properties = []string{}
		for name := range strings.SplitSeq(names, ",") {
			if name != "" {
				r.Properties = append(r.Properties, name)
			}
		}
	}
	r.Time = items.query.Time
	return r, nil
}

func versionsOf(collections []*geo.Collection) []geo.Version {
	var versions []geo.Version
	for _, c := range collections {
		versions = append(versions, c.Version)
	}
	return versions
}

// beginTile is begin for a tile that shows its collections at these versions. An
// address that names just them is good for ever.
func (x *exchange) beginTile(collections []*geo.Collection, versions []geo.Version) bool {
	state := x.stateOf(collections...)
	for i, v := range versions {
		state.on[i].version = v
	}
	done := x.begin(state)
	if v, given := x.values.get(versionParameter); given && v != "" && v == x.versionOf(versions) && x.principal.Name == "" {
		x.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	return done
}

// versionOf names a state of the catalogue, of the data and of the program that
// makes tiles of them; "" where changes are not tracked.
func (x *exchange) versionOf(versions []geo.Version) string {
	h := sha256.New()
	_, _ = h.Write([]byte(x.server.config.Version))
	var number [8]byte
	for _, v := range append([]geo.Version{x.catalogue.Version}, versions...) {
		if v == 0 {
			return ""
		}
		binary.BigEndian.PutUint64(number[:], uint64(v))
		_, _ = h.Write(number[:])
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:9])
}

// sendTile sends a tile, compressed once for all who ask.
func (x *exchange) sendTile(made *tile.Tile) error {
	x.Set(fiber.HeaderContentType, x.format.mediaType)
	if x.encoding == "" || len(made.Data) < compressFrom {
		x.Response().SetBodyRaw(made.Data)
		return nil
	}
	x.Set(fiber.HeaderContentEncoding, x.encoding)
	x.Response().SetBodyRaw(made.Packed(x.encoding, func(data []byte) []byte { return pack(data, x.encoding) }))
	return nil
}

// pack compresses harder than compress: a tile is packed once for all who ask.
// Brotli and gzip save a tenth over their quickest level.
func pack(data []byte, encoding string) []byte {
	switch encoding {
	case "br":
		return fasthttp.AppendBrotliBytesLevel(nil, data, fasthttp.CompressBrotliDefaultCompression)
	case "zstd":
		return fasthttp.AppendZstdBytesLevel(nil, data, fasthttp.CompressZstdDefault)
	}
	return fasthttp.AppendGzipBytesLevel(nil, data, fasthttp.CompressDefaultCompression)
}
