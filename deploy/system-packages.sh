#!/bin/bash
# Makes sure that the system libraries are there: installs them as root, else says how.
# Usage: system-packages.sh [run|test|postgres|farm]...
set -euo pipefail

PYTHON="${PYTHON:-python3}"
wanted=()

need() { # need PACKAGE COMMAND...: PACKAGE unless COMMAND succeeds
  local package="$1"
  shift
  "$@" >/dev/null 2>&1 || wanted+=("$package")
}
# Not `grep -q`: it stops reading, and what is cut off counts as failed.
has_library() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep "$1"; }
has_program() { command -v "$1" || test -x "/usr/bin/$1"; }
# The shell without a screen takes half the processor time; the whole browser also does.
has_browser() { has_program chromium-headless-shell || { [ "$(id -u)" != 0 ] && has_program chromium; }; }
has_postgres() { has_program initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; }
has_server() { has_program "$1" || test -x "/usr/sbin/$1"; }
has_redis() { has_program redis-server || has_program valkey-server; }
has_fonts() { fc-list | grep -i "$1"; }

need python3 command -v "$PYTHON"
need python3-venv "$PYTHON" -c 'import ensurepip, venv'
need libpango-1.0-0 has_library libpango-1.0.so.0
need libpangoft2-1.0-0 has_library libpangoft2-1.0.so.0
need libharfbuzz-subset0 has_library libharfbuzz-subset.so.0
need gettext has_program msgfmt
for purpose in "$@"; do
  case "$purpose" in
    test)
      need chromium-headless-shell has_browser
      need poppler-utils has_program pdftotext
      need qpdf has_program qpdf
      need age has_program age
      need fontconfig has_program fc-list
      need fonts-dejavu-core has_fonts dejavu
      need redis-server has_redis
      ;;
    postgres) need postgresql has_postgres ;;
    farm)
      need postgresql has_postgres
      need redis-server has_redis
      need pgbouncer has_server pgbouncer
      need nginx has_server nginx
      ;;
  esac
done

if [ ${#wanted[@]} -gt 0 ]; then
  line="apt-get install -y --no-install-recommends ${wanted[*]}"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing system packages: ${wanted[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    $line -qq >/dev/null
  else
    echo "These system packages are missing. Install them, then run make again:"
    echo "    sudo apt-get update && sudo $line"
    exit 1
  fi
fi

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or newer is needed; $PYTHON is $("$PYTHON" --version). Pick one: make PYTHON=python3.12 ..."
  exit 1
}
