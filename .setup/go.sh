#!/bin/sh
# Finds or installs Go: .setup/go.sh found|install|dir
#   found    succeeds if a Go that can fetch the right toolchain (1.21 or newer) is there
#   install  downloads the pinned Go into a private directory, checked against its SHA-256
#   dir      prints that directory
# KAWASAN_GO_MIRROR names another place to download from; the checksum stays.
set -eu

version=1.26.8
mirror=${KAWASAN_GO_MIRROR:-https://go.dev/dl}
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/kawasan/go
dir=$cache/$version

say() { printf '%s\n' "$*" >&2; }

# The checksums are those that go.dev publishes for the version.
checksum() {
	case $1 in
	linux-amd64) echo d0f743b33e8d8945e6b1f432edd15785c70507121d6e2a723b21285eddf8b57b ;;
	linux-arm64) echo 211ffced9dcb9633a55eac6364816ec0ddd951389a740e88fa8b3337971bdda0 ;;
	*) return 1 ;;
	esac
}

# enough PROGRAM: is it a Go of 1.21 or newer?
enough() {
	text=$("$1" version 2>/dev/null) || return 1
	number=${text#*go version go}
	number=${number%% *}
	major=${number%%.*}
	rest=${number#*.}
	minor=${rest%%[!0-9]*}
	case $major$minor in *[!0-9]* | '') return 1 ;; esac
	[ "$major" -gt 1 ] || { [ "$major" -eq 1 ] && [ "${minor:-0}" -ge 21 ]; }
}

found() {
	for go in "$dir/bin/go" "$(command -v go || :)" /usr/local/go/bin/go; do
		if [ -n "$go" ] && [ -x "$go" ] && enough "$go"; then
			return 0
		fi
	done
	return 1
}

digest() {
	if command -v sha256sum >/dev/null 2>&1; then
		sha256sum "$1" | cut -d' ' -f1
	else
		shasum -a 256 "$1" | cut -d' ' -f1
	fi
}

install() {
	case $(uname -s)-$(uname -m) in
	Linux-x86_64) platform=linux-amd64 ;;
	Linux-aarch64) platform=linux-arm64 ;;
	*)
		say "no Go $version is pinned for this machine; install Go 1.21 or newer from https://go.dev/dl/, then run make again"
		exit 1
		;;
	esac
	expected=$(checksum "$platform")
	archive=go$version.$platform.tar.gz
	mkdir -p "$cache"
	work=$(mktemp -d "$cache/new.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	say "downloading Go $version into $dir"
	if command -v curl >/dev/null 2>&1; then
		curl -fsSL --retry 3 -o "$work/$archive" "$mirror/$archive"
	else
		wget -q -O "$work/$archive" "$mirror/$archive"
	fi || {
		say "cannot download $mirror/$archive; install Go 1.21 or newer from https://go.dev/dl/, then run make again"
		exit 1
	}
	got=$(digest "$work/$archive")
	if [ "$got" != "$expected" ]; then
		say "$mirror/$archive has SHA-256 $got where $expected was expected; nothing was installed"
		exit 1
	fi
	tar -C "$work" -xzf "$work/$archive"
	rm -rf "$dir"
	mv "$work/go" "$dir"
}

case ${1:-} in
found) found ;;
install) install ;;
dir) printf '%s\n' "$dir" ;;
*)
	say "usage: .setup/go.sh found|install|dir"
	exit 2
	;;
esac
