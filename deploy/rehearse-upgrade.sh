#!/bin/bash
# Rehearses deploy/upgrade.sh under a systemd of its own: an older state of this program with the demo's people is
# brought to this one; before that, one release whose migration fails and one that does not answer must leave the site
# as it was. Needs root, debootstrap and systemd-nspawn.
# Usage: deploy/rehearse-upgrade.sh [SUITE [MIRROR]]       OLD=COMMIT picks the older state
set -euo pipefail

here="$(cd "$(dirname "$0")/.." && pwd)"
old="$(git -C "$here" rev-parse "${OLD:-9ae38a5}")"
new="$(git -C "$here" rev-parse HEAD)"
echo "1. A machine with the site of $(git -C "$here" log -1 --format='%h, %s' "$old")"
# shellcheck source=deploy/rehearsal/machine.sh
. "$here/deploy/rehearsal/machine.sh" "$@"
can_boot || { echo "systemd-nspawn is missing: apt-get install systemd-container" >&2; exit 1; }

# What the site follows: main, first at the older state.
origin="$machine/root/origin"
git clone --quiet --no-hardlinks "$here" "$origin"
at() { git -C "$origin" -c user.name=Rehearsal -c user.email=rehearsal@example.org "$@"; }
at checkout --quiet -B main "$old"
git clone --quiet --no-hardlinks --branch main "$origin" "$machine/root/site"
git -C "$machine/root/site" remote set-url origin /root/origin
inside SITE_URL=https://learning.example.org ADMIN_EMAIL=ann@example.org bash /root/site/deploy/install.sh --no-start \
  --proxy none >"$machine/root/install.log" 2>&1 || { tail -30 "$machine/root/install.log"; exit 1; }
sed -i 's/^#\? \?BEHIND_PROXY=.*/BEHIND_PROXY=true/' "$machine/srv/learning/.env"
# The pins of the newer state are fetched now: the machine that starts has no network.
inside bash -c 'cd /root/origin && git show '"$new"':requirements.txt >/root/a.txt &&
  git show '"$new"':requirements-production.txt >/root/b.txt &&
  /srv/learning/.venv/bin/python -m pip download --quiet --require-hashes -d /root/wheels -r /root/a.txt -r /root/b.txt' \
  2>/dev/null
inside runuser -u learning -- env DJANGO_SETTINGS_MODULE=lms.settings.development SECURE_SSL_REDIRECT=false \
  /srv/learning/deploy/manage load_demo >/dev/null
boot
manage() { running runuser -u learning -- /srv/learning/deploy/manage "$@"; }
key="$(manage backup --new-key | grep -oE 'age1[0-9a-z]+' | tail -1)"
sed -i "s|^#\? \?BACKUP_RECIPIENTS=.*|BACKUP_RECIPIENTS=$key|" "$machine/srv/learning/.env"
cp "$here/deploy/rehearsal/facts.py" "$machine/srv/learning/var/facts.py"
facts() { manage shell --command "exec(open('/srv/learning/var/facts.py').read(), {'__name__': 'facts'})" | grep '^{'; }
serves() {
  running curl -fs -H "Host: learning.example.org" -H "X-Forwarded-Proto: https" http://127.0.0.1:8000/accounts/login/ |
    grep -q 'name="password"'
}
head_of() { running git -C /srv/learning rev-parse HEAD; }
# The script of the release that comes in, since the older one may not have it yet.
git -C "$here" show "$new:deploy/upgrade.sh" >"$machine/root/upgrade.sh"
upgrade() { running PIP_NO_INDEX=1 PIP_FIND_LINKS=/root/wheels bash /root/upgrade.sh; }
until_true 120 serves
before="$(facts)"
echo "   certificates: $(grep -o '"STC[^"]*\|"[A-Z]*-[0-9][^"]*"' <<<"$before" | wc -l), files: $(inside python3 -c 'import json,sys; print(len(json.loads(sys.argv[1])["files"]))' "$before")"

as_it_was() {
  until_true 120 serves
  [ "$(head_of)" = "$old" ] || { echo "   the code is not what it was"; return 1; }
  [ "$(facts)" = "$before" ] || { echo "   the record is not what it was"; return 1; }
  [ -z "$(running git -C /srv/learning status --porcelain --untracked-files=no)" ]
  [ ! -e "$machine/srv/learning/var/maintenance" ] && [ ! -e "$machine/srv/learning/var/private/before-upgrade" ]
  running systemctl is-active --quiet learning-web learning-worker learning-tick.timer learning-backup.timer
}
backups() { running bash -c 'ls /srv/learning/var/backups/*.age 2>/dev/null | wc -l'; }

echo "2. A release whose migration fails, after another one changed tables"
at checkout --quiet -B main "$new"
last="$(basename "$(ls "$origin"/courses/migrations/0*.py | tail -1)" .py)"
cat >"$origin/courses/migrations/9998_changes.py" <<PY
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("courses", "$last")]
    operations = [
        migrations.RunSQL("CREATE TABLE left_over (id integer)"),
        migrations.RunSQL("UPDATE people_person SET full_name = 'Lost'"),
    ]
PY
sed -e "s/$last/9998_changes/" -e '/left_over/d' -e 's/UPDATE people_person.*"/SELECT 1 FROM no_such_table"/' \
  "$origin/courses/migrations/9998_changes.py" >"$origin/courses/migrations/9999_fails.py"
at add . && at commit --quiet --message "A migration that fails"
had="$(backups)"
if upgrade >"$machine/root/failed.log" 2>&1; then echo "   it should have failed"; exit 1; fi
grep -q 'no_such_table' "$machine/root/failed.log"
grep 'The site is as it was' "$machine/root/failed.log" || { tail -20 "$machine/root/failed.log"; exit 1; }
as_it_was
[ "$(backups)" -gt "$had" ]
echo "   the site is at its old state, with all rows; the backup before it is there"

echo "3. A release that does not answer"
at checkout --quiet -B main "$new"
echo 'raise RuntimeError("this release does not answer")' >>"$origin/lms/wsgi.py"
at commit --quiet --all --message "A release that does not answer"
running git -C /srv/learning fetch --quiet
if upgrade >"$machine/root/failed.log" 2>&1; then echo "   it should have failed"; exit 1; fi
grep 'The site is as it was' "$machine/root/failed.log" || { tail -20 "$machine/root/failed.log"; exit 1; }
as_it_was

echo "4. This release"
at checkout --quiet -B main "$new"
began=$SECONDS
upgrade >"$machine/root/upgraded.log" 2>&1 || { tail -30 "$machine/root/upgraded.log"; exit 1; }
echo "   in $((SECONDS - began)) s"
until_true 60 serves
[ "$(head_of)" = "$new" ]
[ "$(facts)" = "$before" ] || { echo "   certificates or figures changed:"; diff <(tr , '\n' <<<"$before") <(facts | tr , '\n'); exit 1; }
running systemctl is-active --quiet learning-web learning-worker learning-tick.timer learning-nightly.timer
echo "GOOD: from $(git -C "$here" rev-parse --short "$old") to $(git -C "$here" rev-parse --short "$new") on $suite: it serves," \
  "certificates, counts and figures are equal; two bad releases left the site as it was."
