#!/bin/sh
# Installs what a purpose needs and this machine lacks: .setup/install.sh run|test|lint
# The needs stand in .setup/needs. Nothing missing: nothing done, no network.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
purpose=${1:?purpose missing: run, test or lint}

say() { printf '%s\n' "$*" >&2; }

have_postgis() {
	for control in \
		/usr/share/postgresql/*/extension/postgis.control \
		/usr/share/postgresql/extension/postgis.control \
		/usr/pgsql-*/share/extension/postgis.control \
		/opt/homebrew/share/postgresql*/extension/postgis.control \
		/usr/local/share/postgresql*/extension/postgis.control \
		/Applications/Postgres.app/Contents/Versions/*/share/postgresql/extension/postgis.control; do
		[ -f "$control" ] || continue
		# On Debian the scripts can be there without the server they are for.
		case $control in
		/usr/share/postgresql/[0-9]*)
			version=${control#/usr/share/postgresql/}
			[ -x "/usr/lib/postgresql/${version%%/*}/bin/postgres" ] || continue
			;;
		esac
		return 0
	done
	return 1
}

have_go() { "$here/go.sh" found; }

have_cc() { command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1; }

# Debian's package serves Debian's Python, which need not be the first on the path. Where
# no package manager has it, its tests are skipped.
have_owslib() {
	case $manager in pacman | brew) return 0 ;; esac
	python3 -c 'import owslib' 2>/dev/null || /usr/bin/python3 -c 'import owslib' 2>/dev/null
}

have() {
	case $1 in
	postgis | go | cc | owslib) "have_$1" ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

manager=none
for program in apt-get dnf pacman zypper brew; do
	if command -v "$program" >/dev/null 2>&1; then
		manager=$program
		break
	fi
done

known= missing= packages=
while IFS='|' read -r for_purpose need apt dnf pacman zypper brew; do
	for_purpose=$(echo $for_purpose) need=$(echo $need)
	[ "$for_purpose" = "$purpose" ] || continue
	known=yes
	! have "$need" || continue
	missing="$missing $need"
	case $manager in
	apt-get) add=$apt ;;
	dnf) add=$dnf ;;
	pacman) add=$pacman ;;
	zypper) add=$zypper ;;
	brew) add=$brew ;;
	none) add= ;;
	esac
	[ "$(echo $add)" = - ] || packages="$packages $add"
done <"$here/needs"
if [ -z "$known" ]; then
	say "nothing is known as '$purpose'; the purposes stand in .setup/needs"
	exit 2
fi
[ -n "$missing" ] || exit 0
packages=$(echo $packages)

fetch_go=
case " $missing " in *" go "*) [ "$manager" = brew ] || fetch_go=yes ;; esac
if [ -n "$fetch_go" ] && ! command -v curl >/dev/null 2>&1 && ! command -v wget >/dev/null 2>&1; then
	packages=$(echo $packages curl ca-certificates)
fi

if [ -n "$packages" ] || [ "$manager" = none ]; then
	sudo=
	[ "$(id -u)" = 0 ] || sudo="sudo "
	case $manager in
	apt-get) "$here/apt.sh" $packages ;;
	dnf) command="${sudo}dnf install -y $packages" ;;
	pacman) command="${sudo}pacman -S --needed $packages" ;;
	zypper) command="${sudo}zypper install $packages" ;;
	brew) command="brew install $packages" ;;
	none) command= ;;
	esac
	if [ "$manager" = none ]; then
		say "missing:$missing; there is no apt-get here, so install them by this system's own means (postgis: PostgreSQL with PostGIS; go: Go 1.21 or newer; cc: a C compiler; ogr2ogr: GDAL), then run make again"
		exit 1
	elif [ "$manager" != apt-get ]; then
		say "missing:$missing; run this, then make again:"
		say "    $command"
		exit 1
	fi
fi
[ -z "$fetch_go" ] || "$here/go.sh" install

for need in $missing; do
	if ! have "$need"; then
		say "$need is still missing after the installation of: $packages"
		exit 1
	fi
done
