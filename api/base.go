package api

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"kawasan/geo"
)

// baseURL is the address that links of this answer start with, without a
// trailing slash. X-Forwarded-Proto, -Host and -Prefix count only when the
// connection comes from a trusted proxy.
func (s *Server) baseURL(c *fiber.Ctx) (string, error) {
	if s.config.BaseURL != "" {
		return s.config.BaseURL, nil
	}
	if last := s.lastBase.Load(); last != nil && last.host == string(c.Request().Host()) && last.secure == c.Context().IsTLS() {
		return last.base, nil
	}
	scheme, host, prefix := "http", string(c.Request().Host()), ""
	if c.Context().IsTLS() {
		scheme = "https"
	}
	if s.trusted.has(remoteAddress(c)) {
		if p := strings.ToLower(firstOf(c.Get("X-Forwarded-Proto"))); p == "http" || p == "https" {
			scheme = p
		}
		if h := firstOf(c.Get("X-Forwarded-Host")); h != "" {
			host = h
		}
		prefix = strings.TrimRight(firstOf(c.Get("X-Forwarded-Prefix")), "/")
	}
	if host == "" { // HTTP/1.0, such as the health checks of proxies
		host = c.Context().LocalAddr().String()
	}
	if !isHost(host) {
		return "", geo.Errorf(geo.Invalid, "the Host of the request is not a host name").Try("a name or address with an optional port")
	}
	if !isPrefix(prefix) {
		return "", geo.Errorf(geo.Invalid, "the X-Forwarded-Prefix of the request is not a path").Try("a path such as /kawasan")
	}
	base := scheme + "://" + host + prefix
	if len(s.config.TrustedProxies) == 0 && len(c.Request().Host()) > 0 {
		s.lastBase.Store(&namedBase{host, c.Context().IsTLS(), base})
	}
	return base, nil
}

// namedBase is the address made of a Host header: most requests have the same one.
type namedBase struct {
	host   string
	secure bool
	base   string
}

// firstOf takes the first element of a list: the proxy nearest to the client.
func firstOf(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.TrimSpace(first)
}

// isHost reports whether s has only characters of a host with port, so that it
// can stand in a link as it is.
func isHost(s string) bool {
	return s != "" && len(s) <= 255 && onlyHas(s, "-._:[]")
}

func isPrefix(s string) bool {
	return s == "" || (s[0] == '/' && !strings.HasPrefix(s, "//") && len(s) <= 255 && onlyHas(s, "-._~/"))
}

func onlyHas(s, punctuation string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(punctuation, c) >= 0) {
			return false
		}
	}
	return true
}
