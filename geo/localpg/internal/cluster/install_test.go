package cluster

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawasan/geo"
)

func TestParseVersion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text         string
		major, minor int
		ok           bool
	}{
		{"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15, 18, true},
		{"postgres (PostgreSQL) 18beta1", 18, 0, true},
		{"postgres (PostgreSQL) 17.6 (Homebrew)", 17, 6, true},
		{"postgres (PostgreSQL) 9.6.24", 9, 6, true},
		{"postgres (EnterpriseDB) 15", 0, 0, false},
		{"postgres (PostgreSQL) 99999999999999999999", 9999, 0, true},
		{"", 0, 0, false},
	}
	for _, test := range tests {
		major, minor, ok := parseVersion(test.text)
		if major != test.major || minor != test.minor || ok != test.ok {
			t.Errorf("%q: got %d.%d %v, want %d.%d %v", test.text, major, minor, ok, test.major, test.minor, test.ok)
		}
	}
}

func TestInstallCommand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, release string
		major         int
		want          string
	}{
		{"Debian", "ID=debian\n", 0, "`sudo apt-get install -y postgresql postgresql-postgis`"},
		{"Debian, known version", "ID=debian\n", 15, "`sudo apt-get install -y postgresql-15-postgis-3`"},
		{"Linux Mint", "NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", 0, "`sudo apt-get install -y postgresql postgresql-postgis`"},
		{"Rocky", "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", 0, "`sudo dnf install -y postgresql-server postgis`"},
		{"Arch", "ID=arch", 0, "`sudo pacman -S --needed postgresql postgis`"},
		{"unknown", "ID=plan9", 0, "your system's packages of PostgreSQL and PostGIS"},
		{"no file", "", 0, "your system's packages of PostgreSQL and PostGIS"},
	}
	for _, test := range tests {
		if got := installCommand(test.release, test.major); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

// install writes programs that answer like those of a server.
func install(t *testing.T, root, version string, postgis bool) {
	t.Helper()
	major, _, _ := strings.Cut(version, ".")
	bin := filepath.Join(root, major, "bin")
	share := filepath.Join(root, major, "share")
	for _, dir := range []string{bin, filepath.Join(share, "extension")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	programs := map[string]string{
		"postgres": "echo 'postgres (PostgreSQL) " + version + "'", "initdb": "exit 1",
		"pg_config": fmt.Sprintf("case $1 in --sharedir) echo %s;; --bindir) echo %s;; esac", share, bin),
	}
	for name, does := range programs {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+does+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if postgis {
		if err := os.WriteFile(filepath.Join(share, "extension", "postgis.control"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	type server struct {
		version string
		postgis bool
	}
	tests := []struct {
		name     string
		servers  []server
		major    int
		want     string
		code     geo.Code
		says     string
		fixNames string
	}{
		{name: "the newest", servers: []server{{"9.6", true}, {"14.9", true}, {"17.2", true}}, want: "17.2"},
		{name: "a newer one without PostGIS does not count", servers: []server{{"15.18", true}, {"18.0", false}}, want: "15.18"},
		{name: "the one that made the data", servers: []server{{"15.18", true}, {"17.2", true}}, major: 15, want: "15.18"},
		{
			name: "another than made the data", servers: []server{{"17.2", true}}, major: 15,
			code: geo.Conflict, says: "made by PostgreSQL 15, but what is installed with PostGIS is 17.2", fixNames: "PostgreSQL 15",
		},
		{
			name: "no PostGIS", servers: []server{{"17.2", false}},
			code: geo.Unavailable, says: "PostgreSQL 17.2 is installed without PostGIS", fixNames: "install it with",
		},
		{name: "nothing", code: geo.Unavailable, says: "no PostgreSQL server with PostGIS", fixNames: "install it with"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			for _, s := range test.servers {
				install(t, root, s.version, s.postgis)
			}
			got, err := Find(t.Context(), []string{filepath.Join(root, "*", "bin"), filepath.Join(root, "nowhere")}, test.major)
			if test.code == "" {
				if err != nil || got.Version() != test.want {
					t.Fatalf("got %s, %v; want %s", got.Version(), err, test.want)
				}
				return
			}
			var fault *geo.Error
			if !errors.As(err, &fault) || fault.Code != test.code || !strings.Contains(fault.Message, test.says) || !strings.Contains(fault.Fix, test.fixNames) {
				t.Errorf("got %v; want %s: %s … %s", err, test.code, test.says, test.fixNames)
			}
		})
	}
}
