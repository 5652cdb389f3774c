#!/usr/bin/env bash
# Generates a module and two actions into a copy of the tree, and holds them to all that every change
# is held to. The copy is thrown away.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
ln -s "$root/node_modules" "$copy/node_modules"
cd "$copy"
git init --quiet
keep() { git add --all && git -c user.name=check -c user.email=check@localhost commit --quiet -m kept; }
unchanged() {
  git status --porcelain
  [ -z "$(git status --porcelain)" ]
}
keep

refuses() {
  if "$@" >/dev/null 2>&1; then
    echo "This should have been refused: $*" >&2
    exit 1
  fi
  unchanged
}

for name in personal user class Coupon sxo_coupon ../coupon safety; do
  refuses npm run new:module -- "$name"
done
npm run new:module -- gift-card
npm run new:action -- gift-card redeem
npm run new:action -- personal remark
keep
for name in save delete redeem constructor Redeem set-default; do
  refuses npm run new:action -- gift-card "$name"
done
refuses npm run new:action -- nothing redeem
refuses npm run new:action -- region redeem
refuses npm run new:module -- gift-card
refuses npm run new:module -- giftcard

npm run lint
npm run build
npm run docs
unchanged
npm test
