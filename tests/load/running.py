"""The parts of the load, one after the other, and the table of what they cost."""

import gc
import threading
import time
from collections import defaultdict
from contextlib import ExitStack
from itertools import islice

from django.db import connection

from tests.load import journeys, site
from tests.load.client import Client, Log
from tests.load.metering import Meter, machine, room
from tests.load.rows import Row, percentile
from tests.production import HOST
from tests.served import Served, database_url

STUDYING, SCRIPTED, PLAIN, TESTING, CLASS, PRINTED = 30, 30, 20, 500, 60, 200
# So many do each journey before it is measured: what a worker works out once it has worked out.
FIRST = 6
# Each of them answers so often, and opens the next question.
EVERY = 15
THREADS, ROUNDS, PAGES_A_ROUND = 32, 4, 25
PRINT_SECONDS = 240
# So many times as long as it should take, the test may take at the most.
PATIENCE = 4


def run(seconds, worker):
    load = _Load(seconds)
    with ExitStack() as stack:
        load.serve(stack)
        load.floors_and_lesson()
        for part in (load.studying, load.quizzes, load.testing, load.arriving):
            part()
        load.certificates(stack, worker)
        load.end()
    return load.rows


def _named(name):
    """The database's address, with the name that its connections then bear on PostgreSQL."""
    address = database_url()
    if connection.vendor == "sqlite":
        return address
    return address + ("&" if "?" in address else "?") + f"application_name={name}"


class _Load:
    def __init__(self, seconds):
        self.seconds, self.rows, self.log = seconds, [], Log()
        self.site = site.build(
            studying=STUDYING, quizzing=2 * FIRST + SCRIPTED + PLAIN, testing=TESTING, arriving=CLASS
        )
        if connection.vendor == "postgresql":
            # A server that has been up for a minute knows how many rows its tables have.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        # The garbage of the seeding would be collected while requests are timed.
        gc.collect()

    def serve(self, stack):
        def start(name, **more):
            return stack.enter_context(
                Served(workers=2, more=["--max-requests", "0"], DATABASE_URL=_named(name), **more)
            )

        self.web = start("load-web")
        self.meter = Meter(self.web.process, "load-web")
        self.bare = start("load-bare", application="tests.load.floor")
        self.bare_meter = Meter(self.bare.process, "load-bare")
        print(f"Whole journeys on {connection.vendor}, two web workers; processor time is of the web workers")
        print("and their database connections:", flush=True)

    def tell(self, *row, **more):
        self.rows.append(Row(*row, **more))
        print(f"  {self.rows[-1]}", flush=True)

    def client(self, one=None, port=None, log=None):
        return Client(port or self.web.port, HOST, log or self.log, one.session if one else "")

    def cpu(self, work, meter=None):
        """Milliseconds of processor that the site spends on `work()`."""
        before = (meter or self.meter).spent()
        work()
        return ((meter or self.meter).spent() - before) * 1000

    def floors_and_lesson(self):
        """In turns, so that what the machine does else slows all of them."""
        one = self.site.studying[0]
        ours, bare = self.client(one), self.client(one, self.bare.port)
        asked = {
            "lesson": (lambda: ours.ask("lesson alone", self.site.lesson), self.meter),
            "page": (lambda: bare.ask("bare page", self.site.bare), self.bare_meter),
            "view": (lambda: bare.ask("bare view", "/bare/nothing/"), self.bare_meter),
        }
        spent = defaultdict(float)
        for turn in range(ROUNDS + 1):
            for name, (ask, meter) in asked.items():
                took = self.cpu(lambda ask=ask: [ask() for _ in range(PAGES_A_ROUND)], meter)
                # The first turn warms up.
                spent[name] += took if turn else 0
        each = {name: total / (ROUNDS * PAGES_A_ROUND) for name, total in spent.items()}
        self.tell("floor: bare view of somebody signed in", each["view"], "ms")
        self.tell("floor: the lesson's blocks on a bare Wagtail page, 5 queries", each["page"], "ms")
        self.tell("lesson, themed, with the person's part", each["lesson"], "ms")
        self.tell("lesson, against the bare Wagtail page", each["lesson"] / each["page"], "x", limit=0.6)

    def in_step(self, walks):
        """{what: its milliseconds of processor for one person}: all do the first request, then the second …"""
        spent, walks, before = defaultdict(float), list(walks), len(self.log.rows)
        going = walks
        while going:
            seen, left = len(self.log.rows), []

            def step(going=going, left=left):
                left += [walk for walk in going if next(walk, self) is not self]

            took = self.cpu(step)
            what = self.log.rows[seen].what
            spent[what] += took / len(walks)
            going = left
        self.kilobytes = sum(row.size for row in self.log.rows[before:]) / len(walks) / 1024
        return spent

    def studying(self):
        each = self.in_step(journeys.study(self.client(one), self.site) for one in self.site.studying)
        for what, took in each.items():
            self.tell(f"studying: {what}", took, "ms")
        self.tell("studying: a lesson read and marked done, over the line", self.kilobytes, "KB")

    def quizzes(self):
        people = iter(self.site.quizzing)

        def scripted_by(count):
            return self.in_step(
                journeys.quiz_with_script(self.client(one), self.site, one, site.options_of, site.batch)
                for one in islice(people, count)
            )

        def plain_by(count):
            return self.in_step(
                journeys.quiz_by_pages(self.client(one), self.site, site.options_of)
                for one in islice(people, count)
            )

        scripted_by(FIRST)
        plain_by(FIRST)
        taken = room()
        scripted = scripted_by(SCRIPTED)
        for what, took in scripted.items():
            self.tell(f"quiz with script: {what}", took, "ms")
        self.tell(
            "quiz of ten with script, with the pages before it and of questions", sum(scripted.values()), "ms"
        )
        self.tell("quiz of ten with script, over the line", self.kilobytes, "KB")
        self.tell("quiz of ten with script, in the database", (room() - taken) / SCRIPTED / 1024, "KB")
        asked = sum(scripted[what] for what in ("start", "sync of ten", "hand in", "result"))
        self.tell("quiz of ten with script: start, sync, hand in, result", asked, "ms", limit=50)
        plain = plain_by(PLAIN)
        for what, took in plain.items():
            each = site.QUESTIONS if what in ("question page", "answer") else 1
            self.tell(f"quiz by plain pages: {what}{', each of ten' * (each > 1)}", took / each, "ms")
        self.tell("quiz of ten by plain pages, whole", sum(plain.values()), "ms", limit=150)
        self.tell("quiz of ten by plain pages, over the line", self.kilobytes, "KB")

    def testing(self):
        """Open loop: an answer is due when it is due, whether or not those before it are through."""
        due = self._due()
        log, place, lock = Log(), iter(due), threading.Lock()
        began = time.monotonic() + 0.2

        def take():
            while True:
                with lock:
                    at, one, n = next(place, (None, None, None))
                if one is None:
                    return
                if time.monotonic() > began + PATIENCE * self.seconds:
                    log.expect("answer", truth=False, said="the site was too far behind")
                    return
                time.sleep(max(0, began + at - time.monotonic()))
                client, last = self.client(one, log=log), n == site.QUESTIONS
                journeys.answer(client, one.attempt, n, one.options[n - 1], last=last, due=began + at)
                client.ask("next page", f"/attempts/{one.attempt}/{'review/' if last else f'{n + 1}/'}")

        took, foreign, lasted = self._busily(lambda: _together([take] * THREADS))
        name = f"{TESTING} in a test, each {EVERY} s: {len(due)} answers and next pages, each"
        self.tell(name, took / len(due), "ms")
        self.tell(f"{TESTING} in a test: processors it takes", took / 1000 / lasted, "cores", limit=1)
        self._waits(f"{TESTING} in a test: an answer", log.of("answer"), foreign, limit=500)
        self._waits(f"{TESTING} in a test: the next page", log.of("next page"), foreign, limit=500)
        self._keep(log)

    def _due(self):
        """(second, person, question) in order."""
        people = [(place * EVERY / TESTING, one) for place, one in enumerate(self.site.testing)]
        turns = range(1, site.QUESTIONS + 1)
        due = [(at + (n - 1) * EVERY, one, n) for n in turns for at, one in people]
        return [row for row in due if row[0] < self.seconds]

    def arriving(self):
        """A class sits down and signs in within the same second, while somebody reads."""
        log, walking = Log(), threading.Event()
        reader = self.client(self.site.studying[0], log=log)

        def read():
            while not walking.wait(0.2):
                reader.ask("lesson meanwhile", self.site.lesson)

        def sign_in(email):
            for _step in journeys.log_in(self.client(log=log), email, self.site.password):
                pass

        beside = threading.Thread(target=read)
        beside.start()
        took, foreign, lasted = self._busily(
            lambda: _together([lambda email=email: sign_in(email) for email in self.site.arriving])
        )
        walking.set()
        beside.join()
        read = len(log.of("lesson meanwhile"))
        self.tell(f"a class of {CLASS} signs in: page and log-in, each", took / CLASS, "ms", limit=100)
        self.tell(f"a class of {CLASS} signs in: until all are in", lasted, "s", limit=8, judged=foreign < 0.1)
        self._waits(f"meanwhile {read} lessons", log.of("lesson meanwhile"), foreign, limit=4000)
        self._keep(log)

    def certificates(self, stack, worker):
        run = site.order_certificates(PRINTED)
        process = worker({"DATABASE_URL": _named("load-worker")})
        stack.callback(process.wait)
        stack.callback(process.terminate)
        meter, log = Meter(process, "load-worker"), Log()
        people, turn = self.site.studying, 0
        before, end = machine(), time.monotonic() + PRINT_SECONDS
        began = time.monotonic()
        while not site.is_printed(run) and time.monotonic() < end:
            self.client(people[turn % STUDYING], log=log).ask("lesson meanwhile", self.site.lesson)
            turn += 1
            time.sleep(0.2)
        lasted, spent = time.monotonic() - began, meter.spent()
        foreign = (machine() - before - spent) / lasted - 0.3
        self.tell(f"{PRINTED} certificates, stored and printed: worker, each", spent * 1000 / PRINTED, "ms")
        self.tell(f"{PRINTED} certificates: until all are there", lasted, "s", limit=PRINT_SECONDS - 1)
        self._waits("certificates are made: a lesson meanwhile", log.of("lesson meanwhile"), foreign, limit=300)
        self.tell("the worker, after its certificates", meter.memory(), "MB PSS", limit=260)
        self._keep(log)

    def end(self):
        self.tell("two web workers, at the end", self.meter.memory(), "MB PSS", limit=260)
        self.tell(f"errors, of {len(self.log.rows)} requests", len(self.log.trouble), "", limit=0)
        for trouble in self.log.trouble[:5]:
            print(f"    {trouble}")

    def _busily(self, work):
        """(milliseconds of the site, processors that others used, seconds) of `work()`."""
        mine, all_before, began = time.process_time(), machine(), time.monotonic()
        took = self.cpu(work)
        lasted, mine = time.monotonic() - began, time.process_time() - mine
        return took, (machine() - all_before - mine - took / 1000) / lasted, lasted

    def _waits(self, name, rows, foreign, *, limit):
        times = [row.seconds * 1000 for row in rows]
        self.tell(f"{name}: p50", percentile(times, 0.5), "ms")
        self.tell(f"{name}: p95", percentile(times, 0.95), "ms", limit=limit, judged=foreign < 0.1)

    def _keep(self, log):
        self.log.rows += log.rows
        for trouble in log.trouble[:3]:
            print(f"    {trouble}", flush=True)


def _together(works):
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
