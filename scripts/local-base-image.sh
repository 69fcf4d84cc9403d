#!/usr/bin/env bash
# Makes a local stand-in for the public base image `node:24-trixie-slim`, so that the Dockerfile can be built and run where
# no container registry and no Docker engine can be reached. Needs root, Debian's packages and the npm registry; takes one
# to three minutes the first time, seconds after.
#
#   scripts/local-base-image.sh                          # makes docker.io/library/node:24-trixie-slim (local only)
#   buildah bud --isolation chroot --format docker -t localhost/matinee .     # the docker format keeps HEALTHCHECK
#   c=$(buildah from localhost/matinee); buildah run --isolation chroot "$c" -- node --version; buildah rm "$c"
#
# The stand-in is Debian trixie (glibc 2.41) with the Node 24 and the npm that the npm registry serves: the same operating
# system, C library and Node major as the public image, not the same bits.
set -euo pipefail
tag=${1:-docker.io/library/node:24-trixie-slim}
major=${NODE_MAJOR:-24}
work=${LOCAL_BASE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/local-base-image}
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
if ! command -v buildah >/dev/null || ! command -v debootstrap >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends buildah debootstrap crun >/dev/null
fi
if buildah images -q "$tag" >/dev/null 2>&1; then
  echo "already there: $tag"
  exit 0
fi
root=$work/rootfs
mkdir -p "$work"
if [[ ! -e $root/.complete ]]; then
  rm -rf "$root"
  debootstrap --variant=minbase --include=ca-certificates trixie "$root" >"$work/debootstrap.log" 2>&1
  rm -rf "$root"/var/cache/apt/archives/*.deb
  npm install --silent --no-save --prefix "$work/node" "node@$major" npm@11 >/dev/null 2>&1
  install -m 755 "$work/node/node_modules/node/bin/node" "$root/usr/local/bin/node"
  mkdir -p "$root/usr/local/lib/node_modules"
  cp -r "$work/node/node_modules/npm" "$root/usr/local/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  chroot "$root" useradd --uid 1000 --create-home --shell /bin/bash node
  # the certificates that this machine trusts, so that `npm ci` inside a build reaches the registry
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  touch "$root/.complete"
fi
c=$(buildah from scratch)
buildah add -q "$c" "$root" / >/dev/null
buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --cmd node "$c"
buildah commit -q "$c" "$tag" >/dev/null
buildah rm "$c" >/dev/null
echo "made: $tag ($(chroot "$root" node --version), $(chroot "$root" ldd --version | head -1))"
