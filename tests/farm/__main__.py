"""Many hosts on this one: two web hosts behind a proxy, two workers, one database behind a pooler, one
Redis, one store of files; people take quizzes while all but the database and the store are killed in turn.

`make farm`, or: python -m tests.farm --people 16
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from urllib.request import Request, urlopen

from tests import programs
from tests.farm import judging
from tests.farm.trainee import Trainee
from tests.insisting import Browser
from tests.production import HOST, of_production
from tests.redis_server import free_port

ROOT = Path(__file__).resolve().parents[2]
BUCKETS = ("learning", "learning-private")
# Whatever happens, it ends.
STUDY_SECONDS, ISSUE_SECONDS, PRINT_SECONDS = 300, 150, 90
BETWEEN_KILLS = 3
# A person reads before the next answer.
PAUSE = 1.2


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--keep", action="store_true", help="keep the folder with what the programs wrote")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="farm-"))
    folder.chmod(0o711)
    farm = Farm(folder)
    # However it ends, what it started ends with it.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit("stopped"))
    try:
        farm.start()
        good = rehearse(farm, args.people)
    except programs.Missing as missing:
        sys.exit(f"The farm cannot run: {missing}")
    finally:
        farm.stop()
        if args.keep:
            print(f"  Kept: {folder}")
        else:
            subprocess.run(["rm", "-rf", str(folder)], check=False)
    sys.exit(0 if good else 1)


class Farm:
    def __init__(self, folder):
        self.folder, self.running, self.kills = folder, [], {}

    def start(self):
        began = time.monotonic()
        self.database = self._keep(programs.postgres(self.folder))
        self.pooler = self._keep(programs.pgbouncer(self.folder, self.database.port))
        self.redis = self._keep(programs.redis(self.folder))
        self.store = self._keep(programs.bucket_store(self.folder))
        os.environ.update(self.environment())
        for bucket in BUCKETS:
            programs.make_bucket(os.environ["S3_ENDPOINT_URL"], bucket)
        collecting = self._manage("collectstatic", "--noinput", "-v", "0")
        self._both_hosts_migrate()
        if collecting.wait():
            raise RuntimeError(f"collectstatic failed; see {self.folder}")
        self.webs = [self._keep(self._web(name)) for name in ("web A", "web B")]
        self.workers = [self._keep(self._worker(name)) for name in ("worker 1", "worker 2")]
        for web in self.webs:
            web.start()
        for worker in self.workers:
            worker.start(wait=False)
        self.proxy = self._keep(programs.nginx(self.folder, [web.port for web in self.webs], HOST))
        print(f"Everything runs after {time.monotonic() - began:.0f} s: PostgreSQL, PgBouncer, Redis,")
        print("an S3 store, two web hosts, two workers, nginx", flush=True)

    def _keep(self, program):
        self.running.append(program)
        return program

    def environment(self):
        return {
            **of_production(self.folder),
            "SECURE_SSL_REDIRECT": "true",
            "LOG_LEVEL": "WARNING",
            # Nobody should write here: the test would miss it on the other host.
            "MEDIA_ROOT": str(self.folder / "no-media"),
            "PRIVATE_ROOT": str(self.folder / "no-private"),
            "DATABASE_URL": f"postgres://lms@127.0.0.1:{self.pooler.port}/lms",
            "DATABASE_POOLED": "true",
            "REDIS_URL": f"rediscache://127.0.0.1:{self.redis.port}/1",
            "TASK_QUEUE": "redis",
            "S3_BUCKET": BUCKETS[0],
            "S3_PRIVATE_BUCKET": BUCKETS[1],
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.store.port}",
            "S3_ACCESS_KEY_ID": "farm",
            "S3_SECRET_ACCESS_KEY": "farm",
            "WEB_WORKERS": "2",
        }

    def _manage(self, *words):
        log = open(self.folder / f"{words[0]}.log", "ab")  # noqa: SIM115 - as long as the program
        return subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT, stdout=log, stderr=log)

    def _both_hosts_migrate(self):
        """At the same moment, on an empty database."""
        for words in (["createcachetable"], ["migrate", "--noinput"]):
            together = [self._manage(*words) for _host in range(2)]
            codes = [one.wait() for one in together]
            if any(codes):
                raise RuntimeError(f"{words[0]} by two hosts at once: {codes}; see {self.folder}")

    def _web(self, name):
        port = free_port()
        command = [Path(sys.executable).parent / "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{port}"]
        command += ["--config", "deploy/gunicorn.conf.py", "--log-level", "warning"]
        return programs.Program(self.folder, name, command, port=port)

    def _worker(self, name):
        return programs.Program(self.folder, name, [sys.executable, "manage.py", "work"], port=0)

    def victims(self):
        """Who is killed next, for ever."""
        web, worker = self.webs, self.workers
        return cycle([web[0], worker[0], web[1], worker[1], self.redis])

    def kill(self, program):
        program.kill()
        self.kills[program.name] = self.kills.get(program.name, 0) + 1
        program.start(wait=program.port != 0)

    def revive(self):
        """As systemd does it: a worker that ended because Redis was away starts again."""
        for worker in self.workers:
            if worker.process.poll() is not None:
                worker.start(wait=False)

    def stop(self):
        for program in reversed(self.running):
            program.stop()


def rehearse(farm, people):
    import django

    django.setup()
    from tests.factories import PASSWORD
    from tests.farm import site

    built = site.build(people)
    a, b = (web.port for web in farm.webs)
    checks = {}
    checks["sign-in on one host holds on the other, and ends on both"] = _shared_session(
        built.guest, PASSWORD, a, b
    )
    checks["wrong passwords are counted across both"] = _shared_limits(built.guessed, PASSWORD, a, b)
    began = time.monotonic()
    trainees = [
        Trainee(farm.proxy.port, HOST, user.email, PASSWORD, built.quizzes, site.options_of, PAUSE)
        for user in built.users
    ]
    for trainee in trainees:
        trainee.start()
    _kill_in_turn(farm, trainees, site)
    for trainee in trainees:
        trainee.join(1)
    studied = time.monotonic() - began
    farm.revive()
    site.wait_for_certificates(people, ISSUE_SECONDS)
    run = site.print_all(PRINT_SECONDS)

    kept = [one for trainee in trainees for one in trainee.kept]
    sent = {name for trainee in trainees for name in trainee.sent}
    judged = judging.judge(kept, sent, *site.log_of_answers())
    found = site.counts()
    wanted = {
        "attempts": 2 * people, "handed in": 2 * people, "markings": 2 * people, "completions": people,
        "certificates": people, "persons with one": people, "files": people, "tasks failed": 0,
    }  # fmt: skip
    checks["each certificate's file is the same from both hosts"] = _same_certificates(trainees, site, a, b)
    checks["what a worker printed is read from both hosts"] = _same_prints(built.desk, PASSWORD, run, a, b)
    checks["an uploaded picture comes from both hosts and the proxy"] = _same_picture(
        built, farm.proxy.port, a, b
    )
    checks["no file was left on a host"] = not any(
        (farm.folder / name).exists() for name in ("no-media", "no-private")
    )
    return tell(farm, trainees, judged, found, wanted, checks, studied)


def _kill_in_turn(farm, trainees, site):
    end, next_kill, victims = time.monotonic() + STUDY_SECONDS, time.monotonic() + 3, farm.victims()
    while any(trainee.is_alive() for trainee in trainees) and time.monotonic() < end:
        time.sleep(0.5)
        farm.revive()
        # In turn: whoever was killed before is there again.
        if time.monotonic() > next_kill and all(_answers(web.port) for web in farm.webs):
            farm.kill(next(victims))
            site.tick()
            next_kill = time.monotonic() + BETWEEN_KILLS


def _answers(port):
    try:
        asked = Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": HOST})
        with urlopen(asked, timeout=3) as answer:
            return answer.status == 200
    except OSError:
        return False


def _shared_session(user, password, a, b):
    browser = Browser(a, HOST)
    opened = browser.sign_in(user.email, password) == 302 and browser.may_enter(port=b)
    browser.send("POST", "/accounts/logout/", {}, port=b)
    return opened and not browser.may_enter(port=a)


def _shared_limits(user, password, a, b):
    """Five wrong ones in five minutes: three here, two there; then the right one opens nowhere."""
    browser = Browser(a, HOST)
    tried = [browser.sign_in(user.email, "wrong" * 3, port=port) for port in (a, a, a, b, b)]
    return 302 not in tried and all(browser.sign_in(user.email, password, port=one) != 302 for one in (a, b))


def _same_certificates(trainees, site, a, b):
    issued = site.certificates()
    for trainee in trainees:
        number, sha256 = issued.get(trainee.user, ("", ""))
        files = [trainee.browser.send("GET", f"/certificates/{number}.pdf", port=port)[2] for port in (a, b)]
        if {site.sha256_of(content) for content in files} != {sha256}:
            return False
    return bool(trainees)


def _same_prints(user, password, run, a, b):
    if not run.is_ready:
        return False
    browser = Browser(a, HOST)
    browser.sign_in(user.email, password)
    address = f"/certificates/prints/{run.uuid}/certificates"
    both = [[browser.send("GET", address + end, port=port)[2] for end in (".pdf", ".zip")] for port in (a, b)]
    return both[0] == both[1] and both[0][0].startswith(b"%PDF") and both[0][1].startswith(b"PK")


def _same_picture(built, *ports):
    seen = [Browser(port, HOST).send("GET", built.picture.file.url) for port in ports]
    return {status for status, *_rest in seen} == {200} and len({content for *_rest, content in seen}) == 1


def tell(farm, trainees, judged, found, wanted, checks, seconds):
    troubles = [f"{trainee.user}: {trainee.trouble}" for trainee in trainees if trainee.trouble]
    unfinished = sum(len(trainee.handed_in) < 2 for trainee in trainees)
    failed = {}
    for trainee in trainees:
        for what, count in trainee.browser.failed.items():
            failed[what] = failed.get(what, 0) + count
    print(f"\n{len(trainees)} people took 2 tests of 10 questions in {seconds:.0f} s")
    print("Killed with -9:   " + ", ".join(f"{name} {n} times" for name, n in sorted(farm.kills.items())))
    print(f"Requests that failed and were sent again: {sum(failed.values())} {failed or ''}")
    print(
        f"Answers acknowledged: {judged.acknowledged}; lost {judged.lost}, changed {judged.changed}, "
        f"doubled {judged.doubled}, never sent {judged.strange}, not counting {judged.uncounted}"
    )
    for name, count in found.items():
        verdict = "ok" if count == wanted[name] else "FAILED"
        print(f"{name + ':':<18}{count:>4}, wanted {wanted[name]:>4}  {verdict}")
    for name, good in checks.items():
        print(f"{name + ':':<66}{'ok' if good else 'FAILED'}")
    for trouble in [*troubles[:10], *([f"{unfinished} did not finish"] if unfinished else [])]:
        print(f"  {trouble}")
    enough = len(farm.kills) == 5
    if not enough:
        print("  Not each was killed: too few people to last so long. Take more of them.")
    good = judging.is_good(judged) and found == wanted and all(checks.values()) and enough
    good = good and not troubles and not unfinished
    print("\nNothing was lost and nothing was doubled." if good else "\nFAILED")
    return good


if __name__ == "__main__":
    main()
