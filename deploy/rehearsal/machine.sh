# A clean system in a folder, for the rehearsals beside this folder: `. deploy/rehearsal/machine.sh SUITE [MIRROR]`.
# It is made by debootstrap and kept clean under /var/tmp/learning-SUITE; what is rehearsed happens in a copy, $machine,
# which is removed at the end. `inside` runs there as in a changed root; `boot` starts its systemd as process 1, in a
# network of its own that nobody else reaches, and `running` runs there. Needs root.
# shellcheck shell=bash

suite="${1:-bookworm}"
ubuntu_keys=/usr/share/keyrings/ubuntu-archive-keyring.gpg
bootstrap=(debootstrap --variant=minbase)
case "$suite" in
  noble | resolute) # Ubuntu 24.04, 26.04
    mirror="${2:-http://archive.ubuntu.com/ubuntu}"
    bootstrap+=(--components=main,universe "--keyring=$ubuntu_keys")
    template=gutsy # what debootstrap reads for every Ubuntu since then
    [ -e "$ubuntu_keys" ] || { echo "Put Ubuntu's archive keys into $ubuntu_keys (package ubuntu-keyring)." >&2; exit 1; }
    ;;
  *)
    mirror="${2:-http://deb.debian.org/debian}"
    template=sid
    ;;
esac
clean="/var/tmp/learning-$suite"
[ "$(id -u)" = 0 ] || { echo "Run this as root." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }

if [ ! -e "$clean.done" ]; then
  echo "A clean $suite"
  rm -rf --one-file-system "$clean"
  "${bootstrap[@]}" "$suite" "$clean" "$mirror" "/usr/share/debootstrap/scripts/$template" >/dev/null
  touch "$clean.done"
fi
machine="$(mktemp -d "/var/tmp/rehearse-$suite.XXXXXX")"
chmod 755 "$machine"
booted="" # the process id of its systemd, as this machine counts
nspawn=""

inside() { chroot "$machine" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "${given[@]}" "$@"; }
running() {
  nsenter --target "$booted" --mount --uts --ipc --net --pid --root --wd=/ \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
}
cleanup() {
  if [ -n "$nspawn" ]; then
    kill -TERM "$nspawn" 2>/dev/null || true # nspawn shuts its system down
    wait "$nspawn" 2>/dev/null || true
  fi
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
# No service may be started by the packages while this is a folder of a machine that runs.
printf '#!/bin/sh\nexit 101\n' >"$machine/usr/sbin/policy-rc.d"
chmod +x "$machine/usr/sbin/policy-rc.d"
inside apt-get update -qq
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq git ca-certificates curl dbus systemd systemd-sysv procps \
  >/dev/null 2>&1

can_boot() { command -v systemd-nspawn >/dev/null; }
boot() {
  inside bash -c 'service postgresql stop' >/dev/null 2>&1 || true
  umount "$machine/proc"
  rm "$machine/usr/sbin/policy-rc.d"
  # Of its own: a name, a network with nothing but itself.
  systemd-nspawn --quiet --register=no --keep-unit --private-network --machine=learning --console=pipe --boot \
    --directory="$machine" </dev/null >"$machine.console" 2>&1 &
  nspawn=$!
  until_true 60 'booted="$(pgrep -P $nspawn)"' || { cat "$machine.console"; return 1; }
  until_true 90 'running systemctl is-system-running 2>/dev/null | grep -qE "running|degraded"' || {
    tail -20 "$machine.console"
    return 1
  }
  rm -f "$machine.console"
}
until_true() { # until_true SECONDS 'COMMAND'
  local end=$((SECONDS + $1))
  until eval "$2"; do
    [ "$SECONDS" -lt "$end" ] || { echo "   not within $1 s: $2" >&2; return 1; }
    sleep 0.5
  done
}
