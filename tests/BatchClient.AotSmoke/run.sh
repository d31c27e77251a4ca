#!/usr/bin/env bash
# Publishes the same small programs ahead of time on .NET 8 and trimmed on .NET 10, where any warning is an error, lets them live through the life
# of a batch and of a run, and prints size, memory and cold start as lines of a name and a value. Needs clang and zlib's headers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

out=$(cd ../.. && pwd)/artifacts/aot
rm -rf "$out"

publish() {
    for program in Client Raw Run; do
        dotnet publish "$program" -c Release -f "$2" -p:Smoke=true -o "$out/$1/$program" -v:quiet
    done
}

publish aot net8.0
publish trimmed net10.0

dotnet build Judge -c Release -v:quiet
dotnet run -c Release --no-build --project Judge -- aot "$out/aot"
dotnet run -c Release --no-build --project Judge -- trimmed "$out/trimmed"
