package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
	"kawasan/geo/cql2"
)

// maxLinkedFilter is the longest filter in bytes that the links of an answer
// carry, so that any client can follow them with GET. With a longer one they say
// that the request is to be sent again, to another address.
const maxLinkedFilter = 4 << 10

// readFilterBody takes the body of a POST as the parameter filter: CQL2 as JSON,
// unless filter-lang says otherwise. For filters that are too long for an address,
// and for OWSLib, which sends its CQL so. The interface description and Allow name
// GET alone, and that is what a POST without a body is told: clients would take
// POST for a way to add features.
func (x *exchange) readFilterBody() error {
	if mediaType := essence(x.Get(fiber.HeaderContentType)); mediaType == asGeoJSON.mediaType || strings.HasPrefix(mediaType, "multipart/") {
		return geo.Errorf(geo.Unsupported, "features can't be added here; the body of a POST is a filter").
			Try("a CQL2 expression as JSON, of type application/json").In("body")
	}
	if _, given := x.values.get("filter"); given {
		return geo.Invalidf("filter", "the filter is given twice: as a parameter and as the body").Try("one of them")
	}
	body := x.Body()
	if len(body) == 0 {
		x.Set(fiber.HeaderAllow, strings.Join(x.endpoint.allow(), ", "))
		return fiber.ErrMethodNotAllowed
	}
	if len(body) > cql2.MaxBytes {
		return geo.Errorf(geo.TooLarge, "the filter is larger than %d bytes", cql2.MaxBytes).Try("simplify its geometry, or shorten its lists").In("body")
	}
	text := string(body)
	if err := checkText(text); err != nil {
		return err.In("body")
	}
	if strings.TrimSpace(text) == "" {
		return geo.Errorf(geo.Invalid, "the body is empty").Try("a CQL2 expression as JSON, such as {\"op\": \"isNull\", \"args\": [{\"property\": \"name\"}]}").In("body")
	}
	list := x.endpoint.parameters
	x.values = append(x.values, value{parameter: declared(list, "filter"), name: "filter", text: text, inBody: len(text) > maxLinkedFilter})
	if _, given := x.values.get("filter-lang"); !given {
		x.values = append(x.values, value{parameter: declared(list, "filter-lang"), name: "filter-lang", text: "cql2-json"})
	}
	return nil
}

// method is that of the request which the links of the page stand for; "" for GET.
func (v values) method() string {
	for _, x := range v {
		if x.inBody {
			return fiber.MethodPost
		}
	}
	return ""
}
