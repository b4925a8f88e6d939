package api

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// trusted are the addresses of proxies whose X-Forwarded-* headers count.
type trusted []netip.Prefix

// parseTrusted reads addresses and ranges; ok is false for one that is neither.
func parseTrusted(text string) (addresses netip.Prefix, ok bool) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	a = a.Unmap()
	return netip.PrefixFrom(a, a.BitLen()), true
}

func (t trusted) has(a netip.Addr) bool {
	return slices.ContainsFunc(t, func(p netip.Prefix) bool { return p.Contains(a) })
}

// remoteAddress is the other end of the connection.
func remoteAddress(c *fiber.Ctx) netip.Addr {
	address, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	return address.Unmap()
}

// clientAddress is who sent the request, for the log. Proxies add to X-Forwarded-For whom
// they had it from, so that it is read from its end: the first address that is of no trusted
// proxy counts, and what stands before it may be made up.
func (s *Server) clientAddress(c *fiber.Ctx) string {
	address := remoteAddress(c)
	if !s.trusted.has(address) {
		return address.String()
	}
	// Each proxy may have added a line of its own.
	var before []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		before = append(before, strings.Split(string(line), ",")...)
	}
	for _, text := range slices.Backward(before) {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			break
		}
		if address = a.Unmap(); !s.trusted.has(address) {
			break
		}
	}
	return address.String()
}
