#!/usr/bin/env bash
# Starts the whole loop as a newcomer would, on empty folders and free ports, asks service and simulated site real questions,
# and stops both by SIGTERM.
#
#   bash scripts/smoke.sh                # npm start
#   bash scripts/smoke.sh COMMAND…       # any other way to start it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

start=("$@")
[[ ${#start[@]} -gt 0 ]] || start=(npm start)
ready_within_s=180
first_personal_within_s=60

work=$(mktemp -d -t matinee-XXXXXXXX)
pid= # of the command, and of its process group
# shellcheck disable=SC2317,SC2329 # reached through the trap
clean_up() {
  [[ -z $pid ]] || kill -KILL -- "-$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

fail() {
  echo "smoke: $*" >&2
  echo "--- the service's output:" >&2
  cat "$work/log" >&2
  exit 1
}

# The wanted port, or any free one when somebody listens there.
free_port() {
  node -e '
    const server = require("node:net").createServer();
    server.on("error", () => server.listen(0));
    server.on("listening", () => { console.log(server.address().port); server.close(); });
    server.listen(Number(process.argv[1]));' "$1"
}

MATINEE_PORT=$(free_port 8082)
MATINEE_ADMIN_PORT=$(free_port 8083)
MATINEE_SITE_PORT=$(free_port 8080)
export MATINEE_PORT MATINEE_ADMIN_PORT MATINEE_SITE_PORT MATINEE_DATA_DIR=$work/var MATINEE_MODELS_DIR=$work/models
public=http://127.0.0.1:$MATINEE_PORT
operators=http://127.0.0.1:$MATINEE_ADMIN_PORT
site=http://127.0.0.1:$MATINEE_SITE_PORT

ask() { curl --silent --show-error --max-time 5 "$@"; }
status_of() { ask --output /dev/null --write-out '%{http_code}' "$@"; }
expect_status() { # STATUS CURL-ARGUMENTS…
  local wanted=$1 got
  shift
  got=$(status_of "$@")
  [[ $got == "$wanted" ]] || fail "$* answered $got instead of $wanted"
}

echo "smoke: ${start[*]}"
set -m # a process group of its own, so that nothing is left behind when a check fails
"${start[@]}" >"$work/log" 2>&1 </dev/null &
pid=$!
set +m
for ((waited = 0; ; waited++)); do
  [[ $(status_of "$public/readyz" 2>/dev/null || true) != 200 ]] || break
  kill -0 "$pid" 2>/dev/null || fail 'the service ended before it was ready'
  ((waited < ready_within_s)) || fail "not ready within $ready_within_s s"
  sleep 1
done
echo "smoke: ready after $waited s"

# One line of at most 20 distinct film ids, with commas between and nothing else.
ask --dump-header "$work/headers" --output "$work/body" "$public/recommend/42" || fail 'no answer for user 42'
grep -qi '^content-type: text/plain; *charset=utf-8' "$work/headers" || fail 'the answer is not text/plain'
grep -qi '^x-tier: personal' "$work/headers" || fail 'user 42 of the bundled data has no personal answer'
node -e '
  const body = require("node:fs").readFileSync(process.argv[1], "utf8");
  const ids = body.split(",");
  const whole = ids.length > 0 && ids.length <= 20 && new Set(ids).size === ids.length;
  if (!whole || !ids.every((id) => /^[^\s,]+$/.test(id))) { console.error(JSON.stringify(body)); process.exit(1); }
' "$work/body" || fail 'user 42 got no list of distinct ids'
[[ $(ask "$public/recommend/42") != "$(ask "$public/recommend/7")" ]] || fail 'users 42 and 7 got the same list'

# Whatever stands in the place of the id, the caller gets a list.
long=$(printf '%05000d' 7)
for odd in abc -1 1e9 '' %00 %FF 99999999999 999999999 '42?x=1' "$long"; do
  expect_status 200 "$public/recommend/$odd"
  [[ -n $(ask "$public/recommend/$odd") ]] || fail "an empty answer for /recommend/${odd:0:20}"
done
expect_status 404 "$public/nothing-here"
expect_status 405 --request POST "$public/recommend/42"
expect_status 200 "$public/healthz"
expect_status 200 "$operators/metrics"
expect_status 200 "$operators/version"
ask "$operators/" | grep -qi '<!doctype html' || fail "no page at $operators/"

# The loop: the simulated site asks, its log tells of the answers, and who has watched something gets a list of his own.
expect_status 200 "$site/movie/toy+story+1995"
ask "$site/" | grep -qi '<!doctype html' || fail "no page at $site/"
for ((waited = 0; ; waited++)); do
  ! ask "$operators/api/live" | node -e '
    const { log } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    process.exit(log?.hour.availability === 1 && log.personalShare > 0 ? 0 : 1);' || break
  ((waited < first_personal_within_s)) || fail "no personal answer in the log within $first_personal_within_s s"
  sleep 1
done
echo "smoke: the log tells of personal answers after $waited s more"

kill -TERM "$pid"
status=0
wait "$pid" || status=$?
[[ $status == 0 ]] || fail "SIGTERM ended the service with exit code $status"
for port in "$MATINEE_PORT" "$MATINEE_ADMIN_PORT" "$MATINEE_SITE_PORT"; do
  ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || fail "port $port still answers after the end"
done
echo 'smoke: passed'
