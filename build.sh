#!/usr/bin/env bash
# What a newcomer runs and what CI runs: restore, format, build, test, pack. Stops at the first step that fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

step() {
    printf '\n== %s\n' "$1"
    shift
    "$@"
}

step "Restore" dotnet restore BatchClient.sln
step "Format" dotnet format BatchClient.sln --verify-no-changes --no-restore
step "Build" dotnet build BatchClient.sln -c Release --no-restore
step "Test on .NET 8" dotnet test -c Release --no-build -f net8.0
step "Test on .NET 10, and count the lines that ran" tests/coverage.sh
step "Pack" dotnet pack BatchClient.sln -c Release --no-build
printf '\n== Done: packages are in artifacts/packages\n'
