#!/usr/bin/env bash
# Builds everything, runs every test project, and closes with one line taken from the results they wrote.
# Arguments are the names of test projects to run; none means all.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
results=$root/artifacts/test-results
cd "$root"

command -v node >/dev/null || { echo "Node.js is needed by the tests of the CDK stack, and 'node' is not on the PATH: https://nodejs.org" >&2; exit 2; }
rm -rf "$results"
mkdir -p "$results"
[[ -n ${NOVA_NO_BUILD:-} ]] || dotnet build NovaJudgePipeline.sln --configuration Release --verbosity quiet --nologo

# A shell that starts this in the background without job control lets it ignore Ctrl-C, and all that it starts with it;
# tests that send Ctrl-C would wait for ever.
signals=()
if env --default-signal=INT,QUIT true 2>/dev/null; then
    signals=(env --default-signal=INT,QUIT)
fi

status=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    if [[ $# -gt 0 && ! " $* " == *" $name "* ]]; then
        continue
    fi
    program=$root/artifacts/bin/$name/release/$name
    if ! ${signals[@]+"${signals[@]}"} "$program" -noColor -noLogo -result-xml "$results/$name.xml" >"$results/$name.log" 2>&1; then
        status=1
        # Everything but the progress chatter.
        grep -vE '^ *(Discovering|Discovered|Starting|Finished):' "$results/$name.log" || true
    fi
    if [[ ! -s $results/$name.xml ]]; then
        cat "$results/$name.log"
        echo "$name left no results." >&2
        status=1
    fi
done

matching() { cat "$results"/*.xml | { grep -oE '<test [^>]*result="'"$1"'"' || true; }; }
count() { matching "$1" | wc -l; }
skipped_names() { matching Skip | { grep -oE ' name="[^"]*"' || true; } | sed -e 's/^ name="//' -e 's/"$//' | sort -u; }

# A test may be skipped only if a line of the list begins its name; the list may name tests that did run here.
unexpected=$(skipped_names | while IFS= read -r name; do
    while IFS= read -r expected; do
        [[ -n $expected && $expected != \#* && $name == "$expected"* ]] && continue 2
    done <tests/expected-skips.txt
    printf '%s\n' "$name"
done)
if [[ -n $unexpected ]]; then
    printf 'Skipped, but not on the list of expected skips:\n%s\n' "$unexpected"
    status=1
fi
errors=$(cat "$results"/*.xml | grep -oE '<assembly [^>]*' | grep -oE ' errors="[0-9]+"' | grep -cvE '"0"' || true)
if [[ $errors != 0 ]]; then
    echo "$errors test projects report errors outside their tests."
    status=1
fi
failed=$(count Fail)
[[ $failed == 0 ]] || status=1
echo "$(count Pass) passed, $failed failed, $(count Skip) skipped"
exit $status
