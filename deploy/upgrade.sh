#!/bin/bash
# Brings an installed site to the newest release of its branch, or to the one that is named. Run it as root.
#
# Usage: deploy/upgrade.sh [TAG]
# A backup is made first. While tables are changed nobody is let in; people read that the site is back in a few
# minutes. The new release must answer before they are: if anything fails, code and database go back by themselves to
# what they were.
set -euo pipefail

home=/srv/learning
kept="$home/var/private/before-upgrade" # the database as it was; removed once the new release answers
say() { echo "== $*"; }
manage() { runuser -u learning -- "$home/deploy/manage" "$@"; }

[ "$(id -u)" = 0 ] || { echo "Run this as root." >&2; exit 1; }
cd "$home"
if [ "${UPGRADING:-}" != yes ]; then
  git fetch --quiet --tags
  wanted="${1:-}"
  [ -n "$wanted" ] || wanted="@{upstream}"
  target="$(git rev-parse --verify --quiet "$wanted^{commit}")" || {
    echo "There is no release $wanted. Name one: $0 TAG   (git -C $home tag)" >&2
    exit 1
  }
  # The new release's own way of coming in, read to its end from a file that stays as it is.
  copy="$(mktemp)"
  git show "$target:deploy/upgrade.sh" >"$copy"
  UPGRADING=yes exec bash "$copy" "$target" "${1:-}"
fi
target="$1" named="${2:-}"
was="$(git rev-parse HEAD)"
branch="$(git symbolic-ref --quiet --short HEAD || true)"
closed=no # whether the site was closed, and the database kept
database="$(sed -n 's/^DATABASE_URL=//p' .env | tr -d "\"'")"

keep_the_database() {
  case "$database" in
    postgres*) runuser -u learning -- pg_dump --format=custom --file="$kept" "$database" ;;
    *)
      runuser -u learning -- .venv/bin/python -c \
        'import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))' "${database#sqlite:///}" "$kept"
      ;;
  esac
  chmod 600 "$kept"
}
put_the_database_back() {
  case "$database" in
    postgres*)
      runuser -u learning -- psql --quiet --set=ON_ERROR_STOP=1 "$database" \
        --command="SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public" &&
        runuser -u learning -- pg_restore --no-owner --exit-on-error --schema=public --dbname="$database" "$kept"
      ;;
    *) rm -f "${database#sqlite:///}"-{wal,shm} && cp -p "$kept" "${database#sqlite:///}" ;;
  esac
}
prepare() { # packages and files of what is checked out
  make --no-print-directory .venv/production.stamp compiled
  (umask 022 && manage collectstatic --noinput --verbosity 0)
}
put_the_code_back() {
  # Its branch as it was, so that the next update finds what it follows.
  git checkout --quiet "$was" && { [ -z "$branch" ] || git checkout --quiet -B "$branch"; } && prepare
}
stop_everything() { systemctl stop learning-web learning-worker 'learning-*.timer' 'learning-*.service'; }
start_everything() {
  cp -r deploy/systemd/. /etc/systemd/system/
  [ ! -e deploy/journald.conf ] || install -D -m 644 deploy/journald.conf /etc/systemd/journald.conf.d/learning.conf
  systemctl daemon-reload
  systemctl start learning-web learning-worker
  for timer in deploy/systemd/*.timer; do systemctl enable --quiet --now "$(basename "$timer")"; done
}
answers() { # within 90 s: the sign-in page, made by this release with these tables, while the site is closed to people
  local end=$((SECONDS + 90))
  while [ "$SECONDS" -lt "$end" ]; do
    if systemctl is-active --quiet learning-web && MAINTENANCE_FILE=/nonexistent manage shell --command '
from django.conf import settings
from django.test import Client
import sys, urllib.request
host = settings.ALLOWED_HOSTS[0]
asked = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
urllib.request.urlopen(asked, timeout=10)
sys.exit(Client(headers={"host": host}).get("/accounts/login/", secure=True).status_code != 200)
' >/dev/null 2>&1; then return 0; fi
    sleep 1
    ! systemctl is-failed --quiet learning-web || return 1
  done
  return 1
}

go_back() {
  trap - EXIT INT TERM
  set +e
  echo "The update stopped. Going back to $was." >&2
  if [ "$closed" = yes ]; then
    stop_everything
    put_the_database_back && put_the_code_back && manage maintenance off && start_everything
  else
    put_the_code_back
  fi
  failed=$?
  if [ "$failed" = 0 ]; then
    rm -f "$kept"
    echo "The site is as it was, with all that was saved. Nothing is left to do; say what stands above to whoever" \
      "maintains the program." >&2
  else
    cat >&2 <<END
Going back failed, too. The site stays closed. Code before: $was
The database before: $kept (keep this file). The night's backups and how to restore them: docs/restore.md
END
  fi
  exit 1
}
trap go_back EXIT
trap 'exit 1' INT TERM

if grep -q '^BACKUP_RECIPIENTS=.' .env; then
  say "A backup first"
  systemctl start learning-backup.service
else
  say "No backup: BACKUP_RECIPIENTS in $home/.env is empty. Going on in ten seconds; Ctrl-C stops."
  sleep 10
fi

say "The new release"
if [ -n "$named" ]; then git checkout --quiet "$target"; else git merge --quiet --ff-only "$target"; fi
prepare

say "Tables"
manage maintenance on >/dev/null
stop_everything
keep_the_database
closed=yes
manage createcachetable
manage migrate --noinput --verbosity 0
manage load_course
start_everything

say "Does it answer?"
answers
trap - EXIT INT TERM
manage maintenance off
rm -f "$kept"

say "How it stands"
manage doctor || true
echo "The site is at $(git describe --tags --always), before it was $was."
