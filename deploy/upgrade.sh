#!/bin/bash
# Brings an installed site to the newest release of its branch, or to the one that is named. Run it as root.
#
# Usage: deploy/upgrade.sh [TAG]
# A backup is made first. While tables are changed people read that the site is back in a few minutes. If
# anything fails, the last lines say how to go back.
set -euo pipefail

home=/srv/learning
say() { echo "== $*"; }
manage() { runuser -u learning -- "$home/deploy/manage" "$@"; }

[ "$(id -u)" = 0 ] || { echo "Run this as root." >&2; exit 1; }
cd "$home"
# Whoever started this file reads the old one to its end, whatever the update does to it.
if [ "${UPGRADING:-}" != yes ]; then
  copy="$(mktemp)"
  cp "$0" "$copy"
  UPGRADING=yes exec bash "$copy" "$@"
fi

was="$(git rev-parse HEAD)"
how_to_go_back() {
  cat >&2 <<END

The update stopped. The site was at $was.
If tables were not changed yet:  git -C $home checkout $was && $home/deploy/upgrade.sh $was
If they were: restore last night's backup, or the one just made: docs/restore.md
END
}
trap how_to_go_back ERR

if grep -q '^BACKUP_RECIPIENTS=.' .env; then
  say "A backup first"
  systemctl start learning-backup.service
else
  say "No backup: BACKUP_RECIPIENTS in $home/.env is empty. Going on in ten seconds; Ctrl-C stops."
  sleep 10
fi

say "The new release"
git fetch --quiet --tags
if [ -n "${1:-}" ]; then git checkout --quiet "$1"; else git merge --quiet --ff-only; fi
make --no-print-directory .venv/production.stamp compiled
(umask 022 && manage collectstatic --noinput --verbosity 0)

say "Tables"
systemctl stop learning-worker
manage maintenance on
manage createcachetable
manage migrate --noinput
manage load_course
cp -r deploy/systemd/. /etc/systemd/system/
install -D -m 644 deploy/journald.conf /etc/systemd/journald.conf.d/learning.conf
systemctl daemon-reload
systemctl restart learning-web
manage maintenance off
systemctl start learning-worker
for timer in deploy/systemd/*.timer; do systemctl enable --now "$(basename "$timer")" >/dev/null 2>&1; done

say "How it stands"
manage doctor || true
echo "The site is at $(git describe --tags --always), before it was $was."
