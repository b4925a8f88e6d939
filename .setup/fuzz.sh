#!/bin/sh
# Runs every fuzz test for a while, one after the other: .setup/fuzz.sh TIME
set -eu
time=${1:-10s}
for package in $(go list ./...); do
	for name in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || :); do
		echo "$package $name"
		go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" "$package"
	done
done
