#!/bin/bash
# Rehearses deploy/install.sh in a clean Debian of its own, as far as a folder can be a machine: everything but
# systemd, in whose place the web service is started from its unit's own line. Needs root and debootstrap.
# Usage: deploy/rehearse-install.sh [SUITE [MIRROR]]          (bookworm, this machine's mirror)
# The root is kept under /var/tmp/learning-SUITE for the next run; what was installed is removed from it.
set -euo pipefail

suite="${1:-bookworm}"
mirror="${2:-http://deb.debian.org/debian}"
clean="/var/tmp/learning-$suite"
here="$(cd "$(dirname "$0")/.." && pwd)"
[ "$(id -u)" = 0 ] || { echo "Run this as root." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }

if [ ! -e "$clean.done" ]; then
  echo "1. A clean $suite"
  rm -rf "$clean"
  debootstrap --variant=minbase "$suite" "$clean" "$mirror" >/dev/null
  touch "$clean.done"
fi
machine="$(mktemp -d /var/tmp/rehearse-install.XXXXXX)"
inside() { chroot "$machine" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "${given[@]}" "$@"; }
cleanup() {
  inside bash -c 'pkill gunicorn; service postgresql stop' >/dev/null 2>&1 || true
  sleep 1
  umount "$machine/proc" 2>/dev/null || true
  rm -rf --one-file-system "$machine"
}
trap cleanup EXIT
cp -a "$clean/." "$machine/"
mount -t proc proc "$machine/proc"
# How this machine reaches the packages: its names, its certificates, its pip.
for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /usr/share/keyrings /root/.config/pip; do
  [ ! -e "$path" ] || { mkdir -p "$machine/$(dirname "$path")" && cp -aL "$path" "$machine/$(dirname "$path")/"; }
done
given=()
while IFS= read -r name; do given+=("$name=${!name}"); done < <(compgen -e | grep -iE '^(PIP_|https?_proxy$|no_proxy$)' || true)
cp -L /etc/ssl/certs/ca-certificates.crt "$machine/root/authorities.crt"
given+=(PIP_CERT=/root/authorities.crt)
# No service may be started by the packages: this is a folder of a machine that runs.
printf '#!/bin/sh\nexit 101\n' >"$machine/usr/sbin/policy-rc.d"
chmod +x "$machine/usr/sbin/policy-rc.d"

echo "2. The installation"
inside apt-get update -qq
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq git ca-certificates systemd procps >/dev/null
git clone --quiet --no-hardlinks "$here" "$machine/root/site"
install_site() {
  inside SITE_URL=https://learning.example.org ADMIN_EMAIL=ann@example.org bash /root/site/deploy/install.sh \
    --no-start "$@"
}
began=$SECONDS
install_site --proxy nginx
echo "   installed in $((SECONDS - began)) s"

echo "3. Again: nothing is lost"
before="$(inside sha256sum /srv/learning/.env)"
said="$(inside bash /srv/learning/deploy/install.sh --no-start --proxy nginx)"
grep "Administrator: .* as it was" <<<"$said"
[ "$(inside sha256sum /srv/learning/.env)" = "$before" ]

echo "4. What systemd says of the services"
inside bash -c 'cd /etc/systemd/system && systemd-analyze verify learning-*.service learning-*.timer'
inside systemctl is-enabled learning-web learning-worker learning-tick.timer learning-nightly.timer learning-backup.timer

echo "5. Who may read what"
inside bash -c '
  set -e
  refused() { if "$@" 2>/dev/null; then echo "   it should not be possible: $*"; exit 1; fi; }
  set -x
  [ "$(stat -c %U:%G:%a /srv/learning/.env)" = root:learning:640 ]
  [ "$(stat -c %U:%a /srv/learning/var/private)" = learning:700 ]
  [ "$(stat -c %U /srv/learning/manage.py)" = root ]
  runuser -u www-data -- test -r /srv/learning/deploy/away.html
  refused runuser -u www-data -- test -r /srv/learning/.env
  refused runuser -u www-data -- ls /srv/learning/var/private
  refused runuser -u learning -- touch /srv/learning/lms/x
'

echo "6. The web service, by its own line"
start="$(sed -n 's/^ExecStart=//p' "$here/deploy/systemd/learning-web.service")"
inside runuser -u learning -- bash -c "cd /srv/learning && set -a && . ./.env && exec $start" >/dev/null 2>&1 &
for _ in $(seq 60); do
  page="$(inside python3 - <<'PY' 2>/dev/null || true
import urllib.request
asked = urllib.request.Request("http://127.0.0.1:8000/accounts/login/",
    headers={"Host": "learning.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"})
print(urllib.request.urlopen(asked).read().decode())
PY
)"
  [ -z "$page" ] || break
  sleep 1
done
grep -q 'name="password"' <<<"$page"
inside runuser -u learning -- /srv/learning/deploy/manage check --deploy --fail-level ERROR
echo "GOOD: a clean $suite serves the sign-in page. Not tried here: systemd's own start, TLS from outside, mail."
