#!/usr/bin/env bash
# Publishes the functions' executable into artifacts/publish/NovaJudge.Functions/release_<platform>, where the CDK app looks for it.
# Usage: publish.sh [x86_64|arm64]. NativeAOT where this machine can link it for AWS, else trimmed and self-contained.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
project=$root/functions/NovaJudge.Functions/NovaJudge.Functions.csproj
case "${1:-x86_64}" in
    x86_64) platform=linux-x64 ;;
    arm64) platform=linux-arm64 ;;
    *) echo "Processor \"$1\": x86_64 or arm64 is expected." >&2; exit 2 ;;
esac
output=$root/artifacts/publish/NovaJudge.Functions/release_$platform
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Amazon Linux 2023, which the functions run on, has this version of the C library.
newest_glibc=2.34

publish() {
    rm -rf "$output"
    dotnet publish "$project" --configuration Release --output "$output" --verbosity quiet --nologo \
        -p:FunctionsPublish="$1" -p:FunctionsPlatform="$platform" >"$log" 2>&1
}

# The newest version of the C library that a program asks for; the names stand in its table of dynamic symbols.
glibc() { grep -aoE 'GLIBC_2\.[0-9]+' "$1" | sort -Vu | tail -1 | cut -d_ -f2; }

newest() { printf '%s\n' "$@" | sort -V | tail -1; }

refuse() { cat "$log" >&2; exit 1; }

fall_back() {
    echo "$1 Publishing a trimmed, self-contained program instead: it works the same and starts about a tenth of a second later." >&2
    publish trimmed || refuse
}

if publish native; then
    needed=$(glibc "$output/bootstrap")
    if [[ $(newest "$needed" "$newest_glibc") != "$newest_glibc" ]]; then
        fall_back "What was linked here needs GLIBC $needed, and Amazon Linux 2023 has $newest_glibc: this machine's own C library is newer."
    fi
elif grep -qE '(warning|error) (IL|CS|CA|NU)[0-9]+' "$log"; then
    refuse
else
    tail -3 "$log" >&2
    fall_back "Native code for $platform cannot be linked on this machine; a C compiler for it is needed."
fi

if grep -E 'warning IL' "$log" | grep -vE "IL(2104|3053): Assembly 'Parquet'" >&2; then
    echo "The lines above are about code that may behave differently once published." >&2
    exit 1
fi

# What is only for debugging stays out of the asset: files of it, and the table of names that the drawing library is delivered with.
find "$output" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
if command -v strip >/dev/null; then
    # A file for another processor than this machine's is left as it is.
    cp "$output/libSkiaSharp.so" "$output/stripped" # The published one may be a link to the package's.
    strip --strip-unneeded "$output/stripped" 2>/dev/null && mv -f "$output/stripped" "$output/libSkiaSharp.so"
    rm -f "$output/stripped"
fi
echo "Published for $platform into ${output#"$root"/}: $(du -sh "$output" | cut -f1), needs GLIBC $(glibc "$output/bootstrap") or newer."
