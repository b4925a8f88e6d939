package cluster

import (
	"os"
	"runtime"
	"strconv"
	"strings"
)

// InstallCommand is what installs PostgreSQL with PostGIS on this machine.
// A major version above 0 is named where the distribution's packages carry one.
func InstallCommand(major int) string {
	if runtime.GOOS == "darwin" {
		return "`brew install postgis`"
	}
	release, err := os.ReadFile("/etc/os-release")
	if err != nil {
		release = nil
	}
	return installCommand(string(release), major)
}

func installCommand(release string, major int) string {
	var family []string
	for line := range strings.Lines(release) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if key == "ID" || key == "ID_LIKE" {
			family = append(family, strings.Fields(strings.Trim(value, `"'`))...)
		}
	}
	for _, name := range family {
		switch name {
		case "debian", "ubuntu":
			if major > 0 {
				return "`sudo apt-get install -y postgresql-" + strconv.Itoa(major) + "-postgis-3`"
			}
			return "`sudo apt-get install -y postgresql postgresql-postgis`"
		case "fedora", "rhel", "centos":
			return "`sudo dnf install -y postgresql-server postgis`"
		case "arch":
			return "`sudo pacman -S --needed postgresql postgis`"
		case "alpine":
			return "`apk add postgresql postgis`"
		case "suse", "opensuse":
			return "`sudo zypper install postgresql-server postgis`"
		}
	}
	return "your system's packages of PostgreSQL and PostGIS"
}
