#!/usr/bin/env bash
# Runs the N-th shell block of README.md as it stands there, so that the README cannot drift from what works.
set -euo pipefail
cd "$(dirname "$0")/.."
block=$(awk -v n="$1" '/^```(sh|bash)$/ {count++; inside = (count == n); next} /^```$/ {inside = 0} inside' README.md)
[ -n "$block" ] || { echo "README.md has no shell block $1" >&2; exit 1; }
printf '%s\n' "$block"
bash -euo pipefail -c "$block"
