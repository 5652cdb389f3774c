#!/usr/bin/env bash
# Does what docs/extending.md says in a copy of the tree, generates another module and more actions,
# and holds all that to what every change is held to. The copy is thrown away.
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

for name in personal user class Coupon sxo_coupon ../coupon safety event-delivery promise metrics save; do
  refuses npm run new:module -- "$name"
done
node scripts/generator/tutorial.mjs
npm run new:module -- trial-card
npm run new:action -- trial-card redeem
npm run new:action -- personal trial
keep
for name in save delete redeem constructor then Redeem set-default; do
  refuses npm run new:action -- trial-card "$name"
done
refuses npm run new:action -- nothing redeem
refuses npm run new:action -- region redeem
refuses npm run new:module -- trial-card
refuses npm run new:entity -- nothing thing
refuses npm run new:entity -- trial-card trial-card
refuses npm run new:entity -- trial-card Thing
refuses npm run new:module -- trialcard

npm run lint
npm run docs
unchanged
# Of what was generated, and what holds every module to the house's rules.
npm test -- trial thoughts personal migrations openapi protocol docs hot-statements event metrics
