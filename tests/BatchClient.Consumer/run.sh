#!/usr/bin/env bash
# Packs the packages as ./build.sh has built them, looks into them, and tests a small service that knows nothing else of this repository.
# Whatever it packs and restores is in artifacts/consumer until the next run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

root=$(cd ../.. && pwd)
work=$root/artifacts/consumer
feed=$work/feed
packages="BatchClient BatchClient.Emulator BatchClient.Runs"
tool=BatchClient.Cli
tests="Helpdesk.Tests Packages.Tests"

fail() {
    printf 'run.sh: %s\n' "$1" >&2
    exit 1
}

# Packages with their versions, as projects and the repository's pins write them alike.
versions() {
    grep -hoE 'Include="[^"]+" Version="[0-9][^"]*"' "$@" | sort -u
}

unpinned=$(comm -23 <(versions ./*/*.csproj) <(versions "$root/Directory.Packages.props"))
[ -z "$unpinned" ] || fail "Directory.Packages.props does not have $unpinned"

rm -rf "$work" ./*/bin ./*/obj
mkdir -p "$feed"

# A package cache keeps the first copy of a version. So no version is packed twice, and ours have a cache of their own in front of the machine's.
export BatchClientVersion="0.1.0-consumer.$(date -u +%Y%m%d%H%M%S).$$"
for package in $packages $tool; do
    dotnet pack "$root/src/$package" -c Release --no-build -p:Version="$BatchClientVersion" -o "$feed"
done

NUGET_FALLBACK_PACKAGES=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
export NUGET_FALLBACK_PACKAGES NUGET_PACKAGES=$work/packages
for test in $tests; do dotnet restore "$test"; done

for package in ${packages,,}; do
    grep -qF "\"source\": \"$feed\"" "$NUGET_PACKAGES/$package/$BatchClientVersion/.nupkg.metadata" || fail "$package did not come from $feed"
done
if grep -qF "$root/src/" ./*/obj/project.assets.json; then fail "a project of the repository is referenced"; fi

# As a user installs the tool; the tests start it by this path.
dotnet tool install "$tool" --version "$BatchClientVersion" --tool-path "$work/tool"

# Each on every framework that it is for; the first that fails is the result, and the others are run all the same.
result=0
for test in $tests; do dotnet test --project "$test" -c Release --no-restore || result=$?; done
exit "$result"
