#!/bin/bash
# Rehearses point-in-time recovery with pgBackRest, on a throw-away PostgreSQL of its own: rows are deleted by
# mistake, and the database is brought back to the moment before. It touches no other PostgreSQL.
# Usage: deploy/rehearse-pitr.sh        (as root it becomes the user postgres; else as whoever calls it)
# Needs: apt-get install postgresql pgbackrest
set -euo pipefail

if [ "$(id -u)" = 0 ]; then
  copy="$(mktemp /tmp/rehearse-pitr.XXXXXX)"
  trap 'rm -f "$copy"' EXIT
  cat "$0" >"$copy" # The folder of the site may be closed to the user postgres.
  chmod 755 "$copy"
  cd /
  runuser -u postgres -- bash "$copy"
  exit
fi

command -v pgbackrest >/dev/null || { echo "pgbackrest is missing: apt-get install pgbackrest"; exit 1; }
for bin in $(command -v pg_ctl | xargs -r dirname) $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
  if [ -x "$bin/initdb" ] && [ -x "$bin/psql" ]; then break; fi
done
if [ ! -x "$bin/initdb" ] || [ ! -x "$bin/psql" ]; then
  echo "PostgreSQL's server is missing: apt-get install postgresql"
  exit 1
fi

work="$(mktemp -d /tmp/pitr.XXXXXX)"
data="$work/data"
cleanup() {
  "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT

mkdir -p "$work/repo" "$work/log" "$work/spool" "$work/lock" "$work/socket"
cat >"$work/pgbackrest.conf" <<CONF
[global]
repo1-path=$work/repo
repo1-retention-full=2
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=$(head -c 36 /dev/urandom | base64)
compress-type=zst
start-fast=y
log-path=$work/log
spool-path=$work/spool
lock-path=$work/lock
log-level-console=warn
[learning]
pg1-path=$data
pg1-socket-path=$work/socket
pg1-user=rehearsal
CONF
chmod 600 "$work/pgbackrest.conf"
backrest() { pgbackrest --config="$work/pgbackrest.conf" --stanza=learning "$@"; }
sql() { "$bin/psql" -h "$work/socket" -U rehearsal -d postgres -v ON_ERROR_STOP=1 -Atqc "$1"; }
fingerprint() { sql "SELECT count(*) || ' rows, ' || md5(string_agg(id || body, ',' ORDER BY id)) FROM answers"; }
archived() { # wait until the piece of the log that is written now lies in the repository
  local piece
  piece="$(sql "SELECT pg_walfile_name(pg_current_wal_lsn())")"
  sql "SELECT pg_switch_wal()" >/dev/null
  for _ in $(seq 200); do
    [[ ! "$(sql "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver")" < "$piece" ]] && return
    sleep 0.1
  done
  echo "The log was not archived: $(sql "SELECT last_failed_wal FROM pg_stat_archiver")"
  exit 1
}

echo "1. A PostgreSQL of our own: $("$bin/postgres" --version)"
"$bin/initdb" -D "$data" -U rehearsal --auth=trust --data-checksums -E UTF8 >/dev/null
cat >>"$data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$work/socket'
archive_mode = on
archive_command = 'pgbackrest --config=$work/pgbackrest.conf --stanza=learning archive-push %p'
archive_timeout = 60
wal_level = replica
CONF
"$bin/pg_ctl" -D "$data" -l "$work/log/postgres.log" -w start >/dev/null

echo "2. Its first whole backup, by $(pgbackrest version), encrypted"
sql "CREATE TABLE answers (id bigint PRIMARY KEY, body text NOT NULL)"
sql "INSERT INTO answers SELECT n, md5(n::text) FROM generate_series(1, 1000) n"
backrest stanza-create
backrest check
backrest --type=full backup

echo "3. Answers that came after it"
sql "INSERT INTO answers SELECT n, md5(n::text) FROM generate_series(1001, 5000) n"
before="$(fingerprint)"
sleep 1
moment="$(sql "SELECT now()")"
sleep 1
echo "   $before at $moment"

echo "4. A mistake: every second answer is deleted"
sql "DELETE FROM answers WHERE id % 2 = 0"
# In a transaction of its own, after the mistake: else its end is in no archived piece, recovery
# would never find the moment, and the restored server would refuse to start.
archived
echo "   $(fingerprint)"

echo "5. The machine is lost"
"$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null
find "$data" -mindepth 1 -delete

echo "6. Restored to the moment before, and started"
began="$(date +%s)"
backrest --type=time --target="$moment" --target-action=promote restore
"$bin/pg_ctl" -D "$data" -l "$work/log/postgres.log" -w start >/dev/null || { tail "$work/log/postgres.log"; exit 1; }
for _ in $(seq 300); do
  [ "$(sql "SELECT pg_is_in_recovery()")" = f ] && break
  sleep 0.1
done
after="$(fingerprint)"
echo "   $after after $(($(date +%s) - began)) s"

[ "$before" = "$after" ] || { echo "BAD: the rows are not those of the moment."; exit 1; }
sql "INSERT INTO answers VALUES (5001, 'written again')"
archived
"$bin/pg_amcheck" -h "$work/socket" -U rehearsal --install-missing -d postgres >/dev/null
backrest check
echo "GOOD: every row is back, the server takes new ones, and they are archived."
