#!/bin/sh
# Runs every fuzz test for a while, one after the other: .setup/fuzz.sh TIME
set -eu
time=${1:-10s}
for package in $(go list ./...); do
	for name in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || :); do
		echo "$package $name"
		# Making each new input smaller would take a minute, more than all the rest.
		said=$(mktemp)
		if go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 10x "$package" >"$said" 2>&1; then
			cat "$said"
		else
			cat "$said"
			# On a busy machine Go may take the end of the time itself for a failure. A real
			# one names a subtest, or the file that its input was written to.
			if ! grep -qx '    context deadline exceeded' "$said" || grep -qE "Failing input written|--- FAIL: $name/" "$said"; then
				rm -f "$said"
				exit 1
			fi
			echo "$name: the time was over; no input failed"
		fi
		rm -f "$said"
	done
done
