#!/usr/bin/env bash
# Compiles the command line program to native code, into artifacts/publish/NovaJudge.Local/native, where the script nova looks for it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
output=$root/artifacts/publish/NovaJudge.Local/native
log=$(mktemp)
trap 'rm -f "$log"; rm -rf "$output.new"' EXIT

# A program that is older than its sources is worse than none.
rm -rf "$output" "$output.new"
if ! dotnet publish "$root/local/NovaJudge.Local" --configuration Release --output "$output.new" --verbosity quiet --nologo \
    -p:NovaNative=true -p:RunAnalyzers=false -p:GenerateDocumentationFile=false >"$log" 2>&1; then
    tail -5 "$log" >&2
    echo "The program was not compiled to native code; that takes a C compiler and the headers of zlib (gcc and zlib1g-dev on Debian). Without it ./nova works the same and starts a second later." >&2
    exit 1
fi

# Parquet.Net's class serializer works by reflection and is not used; any other such warning is a fault that only shows in this program.
if grep -E 'warning IL' "$log" | grep -vE "IL(2104|3053): Assembly 'Parquet'" >&2; then
    echo "The lines above are about code that may behave differently once compiled." >&2
    exit 1
fi

find "$output.new" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
mv "$output.new" "$output"
echo "Compiled into ${output#"$root"/}: $(du -sh "$output" | cut -f1). ./nova uses it until a source changes."
