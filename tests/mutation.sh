#!/usr/bin/env bash
# Mutation testing of one area: changes the code in many small ways and says which changes no test notices.
#   tests/mutation.sh models | lines | http | runs    [options of Stryker]
# Takes from minutes to hours of every core, so it is for a person, not for CI. Reports: artifacts/mutation/<area>.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

area=${1:?Name an area: models, lines, http or runs.}
shift
case $area in
    models | lines | http) tests=BatchClient.Tests ;;
    runs) tests=BatchClient.Runs.Tests ;;
    *) echo "There is no area '$area': name models, lines, http or runs." >&2; exit 2 ;;
esac

dotnet tool restore
# Stryker speaks to the older runner, and takes a folder that holds a solution for the wish to mutate all of it.
export UseVSTest=true
cd "tests/$tests"
dotnet stryker --config-file "../Mutation/$area.json" --output "../../artifacts/mutation/$area" --skip-version-check "$@"
