package cluster

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"kawasan/geo"
)

// Installation is one PostgreSQL server on this machine.
type Installation struct {
	// Bin is the directory of its programs, Share that of its extensions' files.
	Bin, Share string
	// Major and Minor are its version: 15 and 18 for 15.18.
	Major, Minor int
	// PostGIS tells whether the extension's files are there.
	PostGIS bool
}

// Program is the path of one of its programs.
func (i Installation) Program(name string) string { return filepath.Join(i.Bin, name) }

// Version is the version as people write it.
func (i Installation) Version() string { return fmt.Sprintf("%d.%d", i.Major, i.Minor) }

// Places are the patterns of the directories where distributions put the
// server's programs, the system's PATH included.
func Places() []string {
	places := []string{
		"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
		"/usr/pgsql-*/bin",                                   // PostgreSQL's own packages for Fedora and RHEL
		"/usr/libexec/postgresql*",                           // Alpine
		"/usr/lib/postgresql*/bin",                           // openSUSE
		"/opt/homebrew/opt/postgresql*/bin",                  // Homebrew on Apple silicon
		"/usr/local/opt/postgresql*/bin",                     // Homebrew on Intel
		"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
		"/usr/local/pgsql/bin",                               // from source
	}
	return append(places, filepath.SplitList(os.Getenv("PATH"))...)
}

// Find looks for the newest server with PostGIS below the places. A major
// version above 0 is asked for exactly, because a data directory fits one only.
func Find(ctx context.Context, places []string, major int) (Installation, error) {
	var best, bare Installation
	var others []string
	for _, found := range installations(ctx, places) {
		switch {
		case !found.PostGIS:
			if newer(found, bare) {
				bare = found
			}
		case major > 0 && found.Major != major:
			others = append(others, found.Version())
		case newer(found, best):
			best = found
		}
	}
	switch {
	case best.Bin != "":
		return best, nil
	case major > 0 && len(others) > 0:
		return best, geo.Errorf(geo.Conflict,
			"the data directory was made by PostgreSQL %d, but what is installed with PostGIS is %s", major, strings.Join(others, ", ")).
			Try("install PostgreSQL %d with %s, or name another data directory with --data-dir", major, InstallCommand(major))
	case bare.Bin != "":
		return best, geo.Errorf(geo.Unavailable, "PostgreSQL %s is installed without PostGIS", bare.Version()).
			Try("install it with %s, or name a database with --database-url", InstallCommand(bare.Major))
	default:
		return best, geo.Errorf(geo.Unavailable, "no PostgreSQL server with PostGIS is installed").
			Try("install it with %s, or name a database with --database-url", InstallCommand(major))
	}
}

func newer(a, b Installation) bool {
	return a.Major > b.Major || a.Major == b.Major && a.Minor > b.Minor
}

func installations(ctx context.Context, places []string) []Installation {
	var found []Installation
	seen := map[string]bool{}
	consider := func(dir string) {
		real, err := filepath.EvalSymlinks(dir)
		if err != nil || seen[real] {
			return
		}
		seen[real] = true
		if i, ok := inspect(ctx, dir); ok {
			found = append(found, i)
		}
	}
	for _, place := range places {
		dirs, err := filepath.Glob(place)
		if err != nil {
			continue
		}
		for _, dir := range dirs {
			if config := filepath.Join(dir, "pg_config"); isProgram(config) {
				if bin := ask(ctx, config, "--bindir"); bin != "" {
					consider(bin)
				}
			}
			consider(dir)
		}
	}
	return found
}

func inspect(ctx context.Context, bin string) (Installation, bool) {
	i := Installation{Bin: bin}
	if !isProgram(i.Program("postgres")) || !isProgram(i.Program("initdb")) {
		return i, false
	}
	var ok bool
	if i.Major, i.Minor, ok = parseVersion(ask(ctx, i.Program("postgres"), "--version")); !ok {
		return i, false
	}
	major := strconv.Itoa(i.Major)
	prefix := filepath.Dir(bin)
	for _, share := range []string{
		ask(ctx, i.Program("pg_config"), "--sharedir"),
		filepath.Join("/usr/share/postgresql", major),
		filepath.Join(prefix, "share", "postgresql@"+major),
		filepath.Join(prefix, "share", "postgresql"),
		filepath.Join(prefix, "share"),
	} {
		if share == "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(share, "extension", "postgis.control")); err == nil {
			i.Share, i.PostGIS = share, true
			break
		}
	}
	return i, true
}

// parseVersion reads "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)" and "… 18beta1".
func parseVersion(text string) (major, minor int, ok bool) {
	m := regexp.MustCompile(`\(PostgreSQL\) (\d{1,4})(?:\.(\d{1,4}))?`).FindStringSubmatch(text)
	if m == nil {
		return 0, 0, false
	}
	major, _ = strconv.Atoi(m[1])
	minor, _ = strconv.Atoi(m[2])
	return major, minor, true
}

// ask runs a program that answers at once; no answer is an empty one.
func ask(ctx context.Context, program, argument string) string {
	if !isProgram(program) {
		return ""
	}
	out, err := exec.CommandContext(ctx, program, argument).Output()
	if err != nil {
		return ""
	}
	return string(bytes.TrimSpace(out))
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
