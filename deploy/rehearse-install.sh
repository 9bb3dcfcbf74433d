#!/bin/bash
# Rehearses deploy/install.sh in a clean system of its own: installs, installs again, then starts that system's systemd
# and kills what it started. Without systemd-nspawn (apt-get install systemd-container) the web service is started by
# hand from its unit's own line instead. Needs root and debootstrap.
# Usage: deploy/rehearse-install.sh [SUITE [MIRROR]]          (bookworm, trixie, noble)
# The clean root is kept under /var/tmp/learning-SUITE for the next run; what was installed is removed.
set -euo pipefail

here="$(cd "$(dirname "$0")/.." && pwd)"
echo "1. A machine"
# shellcheck source=deploy/rehearsal/machine.sh
. "$here/deploy/rehearsal/machine.sh" "$@"

echo "2. The installation"
git clone --quiet --no-hardlinks "$here" "$machine/root/site"
began=$SECONDS
inside SITE_URL=https://learning.example.org ADMIN_EMAIL=ann@example.org bash /root/site/deploy/install.sh --no-start \
  >"$machine/root/install.log" 2>&1 || { tail -30 "$machine/root/install.log"; exit 1; }
echo "   installed in $((SECONDS - began)) s"

echo "3. Again: nothing is lost"
before="$(inside sha256sum /srv/learning/.env)"
said="$(inside bash /srv/learning/deploy/install.sh --no-start 2>&1)"
grep "Administrator: .* as it was" <<<"$said"
[ "$(inside sha256sum /srv/learning/.env)" = "$before" ]

echo "4. What systemd says of the services"
inside bash -c 'cd /etc/systemd/system && systemd-analyze verify learning-*.service learning-*.timer'
inside systemctl is-enabled learning-web learning-worker learning-tick.timer learning-nightly.timer learning-backup.timer |
  xargs

echo "5. Who may read what"
inside bash -c '
  set -e
  refused() { if "$@" 2>/dev/null; then echo "   it should not be possible: $*"; exit 1; fi; }
  [ "$(stat -c %U:%G:%a /srv/learning/.env)" = root:learning:640 ]
  [ "$(stat -c %U:%a /srv/learning/var/private)" = learning:700 ]
  [ "$(stat -c %U /srv/learning/manage.py)" = root ]
  for proxy in caddy www-data; do
    runuser -u $proxy -- test -r /srv/learning/deploy/away.html
    refused runuser -u $proxy -- test -r /srv/learning/.env
    refused runuser -u $proxy -- ls /srv/learning/var/private
  done
  refused runuser -u learning -- touch /srv/learning/lms/x
'

if ! can_boot; then
  echo "6. The web service, by its own line (there is no systemd-nspawn here)"
  start="$(sed -n 's/^ExecStart=//p' "$here/deploy/systemd/learning-web.service")"
  inside runuser -u learning -- bash -c "cd /srv/learning && set -a && . ./.env && exec $start" >/dev/null 2>&1 &
  until_true 60 'inside curl -fs -H "Host: learning.example.org" -H "X-Forwarded-Proto: https" \
    http://127.0.0.1:8000/accounts/login/ | grep -q "name=\"password\""'
  echo "GOOD: a clean $suite serves the sign-in page. Not tried here: systemd's own start, TLS, mail."
  exit
fi

echo "6. Its systemd starts: everything comes up by itself"
# No authority outside is asked for a certificate: Caddy is its own.
sed -i 's/^learning\.example\.org {/&\n\ttls internal/' "$machine/etc/caddy/Caddyfile"
boot
page() { # the sign-in page as a browser asks for it, by TLS whose certificate is checked
  running curl -fsS --cacert /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt \
    --resolve learning.example.org:443:127.0.0.1 https://learning.example.org/accounts/login/ 2>&1
}
serves() { grep -q 'name="password"' <<<"$(page)"; }
main() { running systemctl show --property MainPID --value "$1"; }
restarts() { running systemctl show --property NRestarts --value "$1"; }
until_true 120 serves
echo "   served by TLS, the certificate checked"
running curl -sSI --resolve learning.example.org:80:127.0.0.1 http://learning.example.org/ | grep -i '^location: https://'

echo "7. kill -9: systemd brings back what died"
for unit in learning-web learning-worker; do
  old="$(main $unit)"
  began=$SECONDS
  running kill -9 "$old"
  until_true 60 '[ "$(restarts '$unit')" -ge 1 ] && [ "$(main '$unit')" != 0 ] && [ "$(main '$unit')" != '"$old"' ]'
  until_true 60 serves
  echo "   $unit: process $old killed, $(main $unit) in its place, the page is served after $((SECONDS - began)) s"
done
running systemctl is-active learning-web learning-worker caddy postgresql | xargs

echo "8. Each timer's work once"
key="$(running runuser -u learning -- /srv/learning/deploy/manage backup --new-key | grep -oE 'age1[0-9a-z]+' | tail -1)"
sed -i "s|^#\? \?BACKUP_RECIPIENTS=.*|BACKUP_RECIPIENTS=$key|" "$machine/srv/learning/.env"
grep -q "^BACKUP_RECIPIENTS=age1" "$machine/srv/learning/.env"
for unit in learning-tick learning-nightly learning-backup; do
  running systemctl start "$unit.service" || { running journalctl --no-pager -n 20 -u "$unit"; exit 1; }
  echo "   $unit: $(running systemctl show --property Result --value "$unit.service")"
done
running bash -c 'ls /srv/learning/var/backups/*.age' >/dev/null
running systemctl list-timers --no-pager 'learning-*' | grep -c 'learning-.*timer' | grep -qx 3
running runuser -u learning -- /srv/learning/deploy/manage doctor || true

echo "GOOD: a clean $suite installs, starts under systemd, serves by TLS and comes back from kill -9. Not tried here:" \
  "a certificate from outside, mail."
