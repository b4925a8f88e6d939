#!/bin/sh
# Prints the path of a Go program of an exact version, built on first use and kept by version:
#     .setup/tool.sh PACKAGE VERSION
set -eu
package=${1:?package missing} version=${2:?version missing}
name=$(basename "$package")
dir=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/kawasan/tools/$name-$version
if [ ! -x "$dir/$name" ]; then
	printf 'building %s %s, once\n' "$name" "$version" >&2
	GOBIN=$dir GOFLAGS= go install "$package@$version" >&2
fi
printf '%s\n' "$dir/$name"
