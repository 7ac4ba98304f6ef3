#!/usr/bin/env bash
# Makes the pictures of the README, docs/pictures/figure.png and page.png, from a run on the embedded defaults.
# Needs Chromium; NOVA_CHROMIUM names another executable.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
pictures=$root/docs/pictures
most=$((400 * 1024))
fail() { echo "$1" >&2; exit 2; }

chromium=${NOVA_CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}
[[ -x $chromium ]] || fail "Chromium is needed, and there is none on the PATH: apt-get install -y chromium"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A fixed name and time: the pictures change only when what they show does.
"$root/nova" run --store "$work/store" --run-id squad-sample --clock 2026-01-31T12:00:00Z >"$work/run.log" || { cat "$work/run.log" >&2; exit 3; }
report=$work/store/runs/squad-sample/report

options=(--headless --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --blink-settings=preferredColorScheme=1
    --window-size=1200,1350 --virtual-time-budget=5000 --no-first-run --disable-background-networking "--user-data-dir=$work/profile")
[[ $(id -u) != 0 ]] || options+=(--no-sandbox)
timeout 60 "$chromium" "${options[@]}" "--screenshot=$work/page.png" "file://$report/report.html" >"$work/chromium.log" 2>&1 || true
[[ -s $work/page.png ]] || { cat "$work/chromium.log" >&2; fail "Chromium took no picture."; }

cp "$report/figure.png" "$work/figure.png"
for name in figure page; do
    size=$(wc -c <"$work/$name.png")
    [[ $size -le $most ]] || fail "$name.png would have $size bytes; at most $most are wanted."
    mv "$work/$name.png" "$pictures/$name.png"
    echo "docs/pictures/$name.png: $size bytes"
done
