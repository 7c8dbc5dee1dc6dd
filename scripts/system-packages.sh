#!/bin/sh
# Debian packages the tests need: PostgreSQL for the store, Chromium for the page, fonts for documents. Installed when
# missing and possible; no PostgreSQL cluster is created or started: the tests make their own, in a folder of their own.
set -eu
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
for wanted in fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji "$@"; do # the last: what `make faults` needs
    dpkg -s "$wanted" >/dev/null 2>&1 || missing="$missing $wanted"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "NOTE: please install:$missing (or run as root on Debian). Tests that need them will be skipped and say so."
    exit 0
fi
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
    echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
echo "installing$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update >/dev/null
# shellcheck disable=SC2086
apt-get -qq install -y --no-install-recommends $missing >/dev/null
