#!/usr/bin/env bash
# Builds the container image and its variant without data, runs both and asks them real questions: with Docker where its
# engine runs, else with buildah in chroot isolation, else not at all. Containers and images are removed at the end; layers
# stay in the builder's cache, as after any build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if docker info >/dev/null 2>&1; then
  engine=docker
elif command -v buildah >/dev/null; then
  engine=buildah
else
  echo 'container smoke left out: there is neither a Docker engine nor buildah'
  exit 0
fi

images=localhost/matinee-smoke-$$ # tagged by the Dockerfile's targets: complete, without-data
work=$(mktemp -d -t matinee-XXXXXXXX)
container=

# What differs: to build a target, to run it, to run a command beside it, to find its process, to end it.
if [[ $engine == docker ]]; then
  build() { docker build --target "$1" --tag "$images:$1" . >"$work/log" 2>&1; }
  run() {
    container=$(docker run --detach --read-only --cap-drop ALL \
      --publish "127.0.0.1:$MATINEE_PORT:8082" --publish "127.0.0.1:$MATINEE_ADMIN_PORT:8083" "$images:$1")
  }
  beside() { docker exec "$container" "$@"; }
  alive() { [[ $(docker inspect --format '{{.State.Running}}' "$container") == true ]]; }
  service_pid() { echo 1; }
  log() { docker logs "$container" >"$work/log" 2>&1; }
  terminate() {
    docker stop -t 5 "$container" >/dev/null
    return "$(docker inspect --format '{{.State.ExitCode}}' "$container")"
  }
  remove() { docker rm --force --volumes "$container" >/dev/null; }
  remove_images() { docker image rm --force "$images:complete" "$images:without-data" >/dev/null; }
  words() { docker image inspect --format "{{range .Config.$1}}{{println .}}{{end}}" "$images:complete" | grep .; }
else
  export BUILDAH_ISOLATION=chroot
  base=docker.io/library/node:24-trixie-slim
  build() { buildah build --format docker --layers --force-rm --target "$1" --tag "$images:$1" . >"$work/log" 2>&1; }
  run() {
    local command
    mapfile -t command < <(words Entrypoint && words Cmd)
    container=$(buildah from "$images:$1")
    install --directory --owner 1000 "$work/$1" # the volume; 1000 is the image's user `node`
    options=(--volume "$work/$1:/data" --env MATINEE_HOST=127.0.0.1 --env MATINEE_ADMIN_HOST=127.0.0.1)
    options+=(--env MATINEE_PORT="$MATINEE_PORT" --env MATINEE_ADMIN_PORT="$MATINEE_ADMIN_PORT") # the network is the host's
    buildah run "${options[@]}" "$container" -- "${command[@]}" >"$work/log" 2>&1 </dev/null &
    runner=$!
  }
  beside() { buildah run "${options[@]}" "$container" -- "$@"; }
  alive() { kill -0 "$runner" 2>/dev/null; }
  service_pid() { # the first Node.js in the runner's line of children: the simulated site is a child of it
    local pid=$runner
    until [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == 'node '* ]]; do pid=$(pgrep --parent "$pid") || return; done
    echo "$pid"
  }
  log() { :; }
  terminate() {
    local pid
    pid=$(service_pid)
    kill -TERM "$pid"
    timeout 5 tail --pid="$pid" --follow /dev/null || kill -KILL "$pid"
    wait "$runner"
  }
  remove() {
    { kill -KILL "$(service_pid)"; } 2>/dev/null || true
    wait "$runner" || true
    buildah rm "$container" >/dev/null
  }
  remove_images() { buildah rmi --force "$images:complete" "$images:without-data" >/dev/null; }
  words() {
    buildah inspect --type image --format "{{range .Docker.Config.$1}}{{println .}}{{end}}" "$images:complete" | grep .
  }
fi

# shellcheck disable=SC2317,SC2329 # reached through the trap
clean_up() {
  touch "$work/enough"
  [[ -z $container ]] || remove 2>/dev/null || true
  remove_images 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

say() { echo "container smoke: $*"; }
fail() {
  [[ -z $container ]] || log
  say "$*" >&2
  echo '--- the last output:' >&2
  tail -40 "$work/log" >&2
  exit 1
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })'
}
ask() { curl --silent --max-time 5 "$@"; }
status_of() { ask --output /dev/null --write-out '%{http_code}' "$1" || true; }
header_of() { ask --output /dev/null --write-out "%header{$1}" "$public/recommend/42" || true; }

within() { # SECONDS WHAT COMMAND…
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    alive || fail 'it has ended by itself'
    ((SECONDS < end)) || fail "$what"
    sleep 0.2
  done
}

launch() { # TARGET
  MATINEE_PORT=$(free_port)
  MATINEE_ADMIN_PORT=$(free_port)
  public=http://127.0.0.1:$MATINEE_PORT
  operators=http://127.0.0.1:$MATINEE_ADMIN_PORT
  run "$1"
  within 60 'it does not listen' answers_200 "$operators/version"
}
answers_200() { [[ $(status_of "$1") == 200 ]]; }
serves() { [[ $(header_of x-model-version) == "$1" ]]; }

stop() {
  local from=$EPOCHREALTIME status=0
  terminate || status=$?
  [[ $status == 0 ]] || fail "TERM ended it with $status instead of 0 within 5 s"
  say "TERM ended it with 0 after $(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $from }") s"
  remove
  container=
}

ask_until_enough() {
  local each='%{http_code} %header{x-model-version}\n'
  until [[ -e $work/enough ]]; do
    curl --silent --output /dev/null --write-out "$each" "$public/recommend/[1-610]" >>"$work/answers" || true
  done
}

swap_under_load() {
  local next before total
  before=$(header_of x-model-version)
  ask_until_enough &
  next=$(beside matinee train --model ials --iterations 2 --json | node -p 'JSON.parse(fs.readFileSync(0))[0].manifest.id')
  beside matinee models promote "$next" >/dev/null
  within 5 "it does not serve $next" serves "$next"
  sleep 0.5
  touch "$work/enough"
  wait "$!"
  total=$(wc -l <"$work/answers")
  ! grep -v '^200 ' "$work/answers" >"$work/log" || fail "$(wc -l <"$work/log") of $total answers were not 200"
  for version in "$before" "$next"; do
    grep -q "$version" "$work/answers" || fail "no answer came from $version"
  done
  say "from $before to $next: $total answers, every one 200"
}

check_inside() {
  local pid health tools native
  pid=$(service_pid)
  [[ $(beside stat --format %u "/proc/$pid") == 1000 ]] || fail 'the service does not run as the user node'
  [[ $(beside cat "/proc/$pid/cmdline" | tr '\0' ' ') == 'node '* ]] || fail "process $pid is not Node itself"
  ! beside touch /app/written 2>/dev/null || fail 'the service can write to its own program'
  tools=$(beside find /usr/bin /usr/local/bin -name npm -o -name make -o -name '*[gc]++' -o -name '*cc')
  [[ -z $tools ]] || fail "there are build tools inside: $tools"
  mapfile -t health < <(words Healthcheck.Test)
  beside "${health[@]:1}" || fail "the health check says no"
  native=$(beside find node_modules -name '*.node' -printf '%f ')
  say "runs as node, health check passes, native modules: $native"
}

# In MB: the system with Node, and what lies on top.
say_size() {
  {
    beside du -sm /app/node_modules /app/dist /app/data
    beside du -smx --exclude=/data --exclude=/app / || true # some folders of the system are not for every eye
  } 2>/dev/null | awk '
    { sum += $1; name = $2 == "/" ? "base" : substr($2, 6); text = text sprintf("%s %s %d", text == "" ? "" : " +", name, $1) }
    END { printf "container smoke: image of %d MB =%s\n", sum, text }'
}

say "with $engine"
if [[ $engine == buildah ]] && ! buildah images --quiet "$base" >/dev/null 2>&1; then
  timeout 60 buildah pull --quiet "$base" >/dev/null 2>&1 || bash scripts/local-base-image.sh
fi
for target in complete without-data; do
  from=$SECONDS
  build "$target" || fail "$target does not build"
  say "$target built in $((SECONDS - from)) s"
done

from=$SECONDS
launch complete
within 60 'it does not become ready' answers_200 "$public/readyz"
say "complete ready in $((SECONDS - from)) s"
[[ $(header_of x-tier) == personal ]] || fail 'user 42 gets no personal answer'
ask "$operators/version" | grep -q '"transport": *"uws"' || fail 'it does not answer over native uWebSockets.js'
say 'personal answers over native uWebSockets.js'
check_inside
say_size
swap_under_load
stop

launch without-data
for path in recommend/42 healthz; do
  answers_200 "$public/$path" || fail "without data: /$path is not 200"
done
[[ $(header_of x-tier) == static && $(status_of "$public/readyz") == 503 ]] || fail 'without data: not the last rung'
log
grep -q 'no films: run .matinee import' "$work/log" || fail 'without data: it does not say what to do'
say 'without-data: 200 from the last rung, not ready, and it says what to run'
stop

if [[ $engine == docker ]]; then
  say 'passed with a read-only root, as PID 1'
else
  say 'passed; chroot isolation shows neither a read-only root nor PID 1 nor published ports: test/faults/container.test.ts'
  say 'shows the first two with the process itself, Docker shows all'
fi
