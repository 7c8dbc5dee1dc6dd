#!/bin/sh
# Builds the container image where no Docker engine runs: Debian's buildah on a base made by debootstrap. Needs root.
#   sh scripts/build-image.sh [folder for the base, default var/image]
set -eu
cd "$(dirname "$0")/.."
work=$(realpath -m "${1:-var/image}")
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
command -v buildah >/dev/null && command -v debootstrap >/dev/null ||
    { apt-get -qq update; apt-get -qq install -y buildah debootstrap; }
mkdir -p "$work"
if [ ! -x "$work/base/usr/bin/python3" ]; then
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$work/base"
fi
# The machine's own certificates and package settings reach the build, and only the build.
container=$(buildah from scratch)
buildah add --quiet "$container" "$work/base" /
buildah commit --quiet "$container" steppingstone-base
buildah rm "$container" >/dev/null
set -- --build-arg BASE=localhost/steppingstone-base
[ -f /etc/ssl/certs/ca-certificates.crt ] && set -- "$@" -v /etc/ssl/certs/ca-certificates.crt:/etc/ssl/certs/ca-certificates.crt:ro
[ -f /etc/pip.conf ] && set -- "$@" -v /etc/pip.conf:/etc/pip.conf:ro
[ -n "${PIP_CERT:-}" ] && set -- "$@" --env "PIP_CERT=$PIP_CERT"
buildah build "$@" -t steppingstone .
buildah inspect --type image --format 'user {{.OCIv1.Config.User}}, entry {{.OCIv1.Config.Entrypoint}}' steppingstone
container=$(buildah from steppingstone)
buildah run "$container" -- python3 -m bot check
buildah run "$container" -- id
buildah run "$container" -- sh -c 'touch var/written && ls -l /data/written'
buildah rm "$container" >/dev/null
