#!/bin/sh
# Installs Debian or Ubuntu packages: .setup/apt.sh PACKAGE...
# PostgreSQL's package would start a server of its own on port 5432; it is told not to.
set -eu
say() { printf '%s\n' "$*" >&2; }

as_root=
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		say "installing $* needs root and there is no sudo; run this as root, then make again:"
		say "    apt-get update && apt-get install -y --no-install-recommends $*"
		exit 1
	fi
	as_root=sudo
fi
snippet=/etc/postgresql-common/createcluster.d/kawasan.conf
tidy() {
	status=$?
	trap - EXIT
	$as_root rm -f "$snippet"
	# Where the package did not come, neither stay the directories made for it.
	if ! dpkg -s postgresql-common >/dev/null 2>&1; then
		$as_root rmdir /etc/postgresql-common/createcluster.d /etc/postgresql-common 2>/dev/null || :
	fi
	exit "$status"
}
say "installing with apt-get: $*"
trap tidy EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
$as_root mkdir -p "$(dirname "$snippet")"
echo 'create_main_cluster = false' | $as_root tee "$snippet" >/dev/null

apt="$as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3"
if ! $apt update </dev/null >&2; then
	say "apt-get update failed; going on with the package lists at hand"
fi
$apt install -y --no-install-recommends "$@" </dev/null >&2
