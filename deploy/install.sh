#!/bin/bash
# Installs the site on a server of its own: Debian 12 or 13, Ubuntu 24.04 or newer. Run it as root, as often as
# you like: what is there stays. See docs/operator.md.
#
# Usage: SITE_URL=https://learning.example.org ADMIN_EMAIL=you@example.org deploy/install.sh [options]
#   --proxy caddy|nginx|none   who answers on ports 80 and 443 (caddy: fetches its TLS certificate by itself)
#   --sqlite                   a file instead of PostgreSQL, for a small site
#   --no-start                 everything but starting services (for an image, or a rehearsal)
# More from the environment, for the .env that is written once: EMAIL_URL, DEFAULT_FROM_EMAIL.
set -euo pipefail

home=/srv/learning
here="$(cd "$(dirname "$0")/.." && pwd)"
proxy=caddy
database=postgresql
start=yes

say() { echo "== $*"; }
stop() {
  echo "$*" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case "$1" in
    --proxy)
      proxy="${2:-}"
      shift
      ;;
    --sqlite) database=sqlite ;;
    --no-start) start=no ;;
    -h | --help)
      sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
      exit 0
      ;;
    *) stop "Unknown option: $1. See deploy/install.sh --help" ;;
  esac
  shift
done
case "$proxy" in caddy | nginx | none) ;; *) stop "--proxy is caddy, nginx or none, not $proxy." ;; esac

# --- What must be so before anything is touched ----------------------------------------------

[ "$(id -u)" = 0 ] || stop "Run this as root: sudo -E deploy/install.sh"
# shellcheck source=/dev/null
. /etc/os-release
case "$ID:${VERSION_ID:-}" in
  debian:12 | debian:13 | ubuntu:24.04 | ubuntu:26.04) ;;
  *) stop "This is ${PRETTY_NAME:-an unknown system}. The script knows Debian 12 and 13, Ubuntu 24.04 and 26.04." ;;
esac
if [ ! -e "$home/.env" ]; then
  [[ "${SITE_URL:-}" =~ ^https://[A-Za-z0-9.-]+$ ]] ||
    stop "Say the address that people will type, without a slash at the end: SITE_URL=https://learning.example.org"
  [[ "${ADMIN_EMAIL:-}" == *@*.* ]] || stop "Say who looks after the site: ADMIN_EMAIL=you@example.org"
fi

# --- The system --------------------------------------------------------------------------------

install_packages() {
  local wanted=(git make openssl ca-certificates)
  [ "$database" = sqlite ] || wanted+=(postgresql)
  [ "$proxy" = none ] || wanted+=("$proxy")
  say "System packages"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
  "$here/deploy/system-packages.sh" run
}

place_the_code() {
  id learning >/dev/null 2>&1 || adduser --system --group --home "$home" --no-create-home --quiet learning
  if [ "$here" != "$home" ]; then
    say "The code, to $home"
    [ ! -e "$home/manage.py" ] || stop "There is a site in $home already. Update that one: $home/deploy/upgrade.sh"
    mkdir -p "$home"
    if [ -e "$here/.git" ]; then
      git clone --quiet --no-hardlinks "$here" "$home"
      origin="$(git -C "$here" remote get-url origin 2>/dev/null || true)"
      [ -z "$origin" ] || git -C "$home" remote set-url origin "$origin"
    else
      cp -a "$here/." "$home/"
    fi
  fi
  # The service may write in var alone, and others may read only what the proxy gives out.
  chown root:root "$home"
  chmod 755 "$home"
  install -d -o learning -g learning -m 711 "$home/var"
  install -d -o learning -g learning -m 755 "$home/var/static" "$home/var/media"
  install -d -o learning -g learning -m 700 "$home/var/private" "$home/var/backups"
}

make_the_database() {
  [ "$database" = postgresql ] || return 0
  say "PostgreSQL: a user and a database named learning"
  pg_isready -q || service postgresql start >/dev/null 2>&1 || true
  for _ in $(seq 60); do
    if pg_isready -q; then break; fi
    sleep 1
  done
  pg_isready -q || stop "PostgreSQL does not answer. Look at: journalctl -u postgresql"
  # By the socket, as the user of the same name: there is no password that could leak.
  as_postgres psql -qAtc "SELECT 1 FROM pg_roles WHERE rolname = 'learning'" | grep -q 1 ||
    as_postgres createuser --createdb learning # backups are looked into in databases of their own
  as_postgres psql -qAtc "SELECT 1 FROM pg_database WHERE datname = 'learning'" | grep -q 1 ||
    as_postgres createdb learning --owner learning --encoding UTF8 --locale C.UTF-8 --template template0
  # What it refuses it would write down whole, names and all; the site's own journal says it without.
  as_postgres psql -qc "ALTER ROLE learning SET log_min_messages = fatal"
}
as_postgres() { (cd / && runuser -u postgres -- "$@"); }

write_settings() {
  [ ! -e "$home/.env" ] || return 0
  say "Settings, to $home/.env"
  local host="${SITE_URL#https://}" database_url="postgres:///learning"
  [ "$database" = postgresql ] || database_url="sqlite:///$home/var/lms.sqlite3"
  local secret
  secret="$(openssl rand -base64 48 | tr -d '\n=' | tr '+/' '-_')"
  local new
  new="$(mktemp "$home/.env.XXXXXX")"
  sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$secret|" -e "s|^SITE_URL=.*|SITE_URL=$SITE_URL|" \
    -e "s|^ALLOWED_HOSTS=.*|ALLOWED_HOSTS=$host|" -e "s|^DATABASE_URL=.*|DATABASE_URL=$database_url|" \
    "$home/deploy/../.env.example" >"$new"
  set_line "$new" EMAIL_URL "${EMAIL_URL:-}"
  set_line "$new" DEFAULT_FROM_EMAIL "\"${DEFAULT_FROM_EMAIL:-Learning <learning@$host>}\""
  if [ "$proxy" != none ]; then
    set_line "$new" BEHIND_PROXY true
    set_line "$new" TRUSTED_PROXY_COUNT 1
  fi
  chown root:learning "$new"
  chmod 640 "$new"
  mv "$new" "$home/.env"
}
set_line() { # set_line FILE NAME VALUE: also where the line was a remark; the value may hold any character
  NAME="$2" VALUE="$3" awk '
    BEGIN { line = ENVIRON["NAME"] "=" ENVIRON["VALUE"] }
    !done && ($0 ~ "^#? ?" ENVIRON["NAME"] "=") { print line; done = 1; next }
    { print }
    END { if (!done) print line }' "$1" >"$1.new" && cat "$1.new" >"$1" && rm "$1.new"
}

install_the_site() {
  say "Python packages"
  cd "$home"
  make --no-print-directory .venv/production.stamp compiled
  say "Database, files, first pages"
  manage createcachetable
  manage migrate --noinput --verbosity 0
  (umask 022 && manage collectstatic --noinput --verbosity 0)
  manage setup_site --email "${ADMIN_EMAIL:-}"
}
manage() { runuser -u learning -- "$home/deploy/manage" "$@"; }

install_services() {
  say "Services"
  cp -r "$home"/deploy/systemd/. /etc/systemd/system/
  install -D -m 644 "$home/deploy/journald.conf" /etc/systemd/journald.conf.d/learning.conf
  host="$(sed -n 's|^SITE_URL=https://||p' "$home/.env")"
  case "$proxy" in
    caddy) sed "s/learning\.example\.org/$host/g" "$home/deploy/Caddyfile" >/etc/caddy/Caddyfile ;;
    nginx)
      sed "s/learning\.example\.org/$host/g" "$home/deploy/nginx.conf" >/etc/nginx/sites-available/learning
      ln -sf ../sites-available/learning /etc/nginx/sites-enabled/learning
      ;;
  esac
  local units=(learning-web.service learning-worker.service)
  for timer in "$home"/deploy/systemd/*.timer; do units+=("$(basename "$timer")"); done
  if [ "$start" = no ]; then
    systemctl enable "${units[@]}" >/dev/null 2>&1 || true
    say "Nothing was started (--no-start)."
    return 0
  fi
  systemctl daemon-reload
  systemctl restart systemd-journald
  systemctl enable --now "${units[@]}"
  [ "$proxy" = none ] || systemctl reload-or-restart "$proxy"
}

install_packages
place_the_code
make_the_database
write_settings
install_the_site
install_services
if [ "$start" = yes ]; then
  say "How it stands"
  manage doctor || true
fi
cat <<END

The site is installed in $home. What is left to do:
  - open the link above and set the administrator's password, if this was the first time;
  - mail: EMAIL_URL in $home/.env, then systemctl restart learning-web learning-worker;
  - backups: $home/deploy/manage backup --new-key, and docs/operator.md;
  - to look again at any time: runuser -u learning -- $home/deploy/manage doctor
END
