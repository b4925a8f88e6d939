#!/bin/sh
# Runs every fuzz test for a while, one after the other: .setup/fuzz.sh TIME
set -eu
time=${1:-10s}
for package in $(go list ./...); do
	for name in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || :); do
		echo "$package $name"
		# Making each new input smaller would take a minute, more than all the rest.
		go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 10x "$package"
	done
done
