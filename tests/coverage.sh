#!/usr/bin/env bash
# Tests on .NET 10 and says which part of the lines of src they run: for each library, and over all, where less than the floor is a failure.
# Needs a Release build. Measuring takes no time that one would notice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

floor=92
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet test -c Release --no-build -f net10.0 --results-directory "$results" \
    --coverlet --coverlet-output-format lcov --coverlet-include '[BatchClient*]*' --coverlet-exclude '[*]*.Tests.*' --coverlet-exclude '[*.Chaos]*'

# One report per test program: a line counts once, and as run if one of them ran it.
printf '\n'
cat "$results"/*.info | awk -F '[:,]' -v floor="$floor" -v folder="SF:$(pwd -P)/src/" '
    /^SF:/ { source = index($0, folder) == 1 && !/\/obj\// ? substr($0, length(folder) + 1) : ""; library = source; sub(/\/.*/, "", library) }
    /^DA:/ && source != "" {
        line = source ":" $2
        if (!(line in hits)) { lines[library]++; all++; hits[line] = 0 }
        if ($3 > 0 && hits[line] == 0) { hits[line] = 1; run[library]++; allRun++ }
    }
    END {
        if (all == 0) { print "No line of src was measured."; exit 1 }
        for (library in lines) printf "line_coverage %-22s %.1f\n", library, 100 * run[library] / lines[library] | "sort"
        close("sort")
        printf "line_coverage %.1f\n", 100 * allRun / all
        if (100 * allRun / all < floor) { printf "The floor is %d: look which behaviour has no test.\n", floor; exit 1 }
    }'
