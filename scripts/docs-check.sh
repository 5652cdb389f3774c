#!/usr/bin/env bash
# Makes anew what is made from the code, and fails where it was something else.
set -euo pipefail
cd "$(dirname "$0")/.."
made=(docs clients/typescript/src)
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp -r --parents "${made[@]}" "$before"
npm run docs
stale=0
for folder in "${made[@]}"; do diff -r "$before/$folder" "$folder" || stale=1; done
exit "$stale"
