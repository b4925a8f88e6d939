package quality_test

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// TestCornerFarFromTheOthers types tables of corners with one slip: the corner is named, with the slip.
func TestCornerFarFromTheOthers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		ring orb.Ring
		want string // "" for no finding
	}{
		{"LU for LS", orb.Ring{{116.789, -1.175}, {116.803, -1.176}, {116.804, 1.184}, {116.789, -1.185}}, "vertex 3 at 116.804, 1.184 lies 263 km from the others; among them it would be with the other sign of the latitude"},
		{"115 for 116", orb.Ring{{116.789, -1.175}, {115.803, -1.176}, {116.804, -1.184}, {116.789, -1.185}}, "among them it would be with a longitude one degree larger"},
		{"no simple slip", orb.Ring{{116.789, -1.175}, {116.803, -1.176}, {117.4, -0.9}, {116.804, -1.184}, {116.789, -1.185}}, "vertex 3 at 117.4, -0.9 lies"},
		{"the first corner", orb.Ring{{117.789, -1.175}, {116.803, -1.176}, {116.804, -1.184}, {116.789, -1.185}}, "vertex 1 at"},
		{"none", orb.Ring{{116.789, -1.175}, {116.803, -1.176}, {116.804, -1.184}, {116.789, -1.185}}, ""},
		{"long and narrow", orb.Ring{{116.1, -1.1}, {116.4, -1.1}, {116.7, -1.1}, {116.7, -1.101}, {116.4, -1.101}, {116.1, -1.101}}, ""},
		{"a triangle", orb.Ring{{116.789, -1.175}, {116.79, -1.176}, {117.4, -0.9}}, ""},
		{"small", orb.Ring{{116.789, -1.175}, {116.7891, -1.175}, {116.7891, -1.1751}, {116.793, -1.178}}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			for _, i := range judged(t, wkb.MustMarshal(orb.Polygon{append(test.ring, test.ring[0])})) {
				if i.Rule.Name == "vertex-astray" {
					got += i.Message.EN
				}
			}
			if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
