"""A run: people use the site, storms go over it, it is left alone until nothing is left to do, and judged."""

import threading
import time
from collections import Counter, namedtuple

from tests.storms import judging, site
from tests.storms.kinds import kinds_of
from tests.storms.ledger import CALM, Ledger
from tests.storms.people import Desk, Facilitator, Trainee
from tests.storms.plan import Plan

Told = namedtuple("Told", "judged mails failed_tasks troubles storms good")
TRAINEES = 4
# In seconds: between two requests of one person; between two print runs, each of which costs the worker one.
PAUSE, PRINT_PAUSE = 0.3, 6.0
# Of the site's clock, which is moved on so that nobody has to wait: a task whose worker died is put back after
# a quarter of an hour, a letter is tried again after five minutes, later after hours.
MINUTES = (16, 16, 16, 16, 61, 61, 241, 241, 721, 721)
SETTLE_SECONDS = 30
BETWEEN_TICKS = 8
JOIN_SECONDS = 170


class Run:
    """`goes_on(n)`: whether there is another storm after `n` of them. `stuck`: what does not move for so many
    seconds waits for a later time."""

    def __init__(
        self, house, built, plan, goes_on, *, pause=PAUSE, print_pause=PRINT_PAUSE, ticks=True, stuck=4
    ):
        self.house, self.plan, self.goes_on, self.ticks = house, plan, goes_on, ticks
        self.stuck = stuck
        self.ledger = Ledger(house.folder / "ledger.jsonl")
        self.kinds, self.times, self.storms = kinds_of(house), Counter(), []
        self.people = [
            *(Trainee(house, self.ledger, pause, built, built.waiting) for _ in range(TRAINEES)),
            Facilitator(house, self.ledger, pause, built),
            Desk(house, self.ledger, print_pause, built),
        ]

    def tell(self):
        """The whole run. Returns Told."""
        for person in self.people:
            person.start()
        ticking, ended = threading.Event(), threading.Thread(target=self._tick_on, daemon=True)
        self._ticking = ticking
        if self.ticks:
            ended.start()
        try:
            while self.goes_on(len(self.storms)) and any(isinstance(one, Trainee) for one in self._busy()):
                self._brave(self.plan.next())
        finally:
            ticking.set()
            self._send_home()
        if self.ticks:
            ended.join(120)
        self._leave_alone()
        return self._judge()

    def _busy(self):
        return [person for person in self.people if person.is_alive()]

    def _brave(self, storm):
        time.sleep(storm.calm)
        self.ledger.begin(storm.kind)
        self.times[storm.kind] += 1
        self.storms.append(storm)
        with self.kinds[storm.kind](self.house, storm):
            time.sleep(storm.seconds)
        self.house.wait_until_it_answers()

    def _tick_on(self):
        while not self._ticking.wait(BETWEEN_TICKS):
            self.house.tick()

    def _send_home(self):
        for person in self.people:
            person.stopping.set()
        for person in self.people:
            person.join(JOIN_SECONDS)

    def _leave_alone(self):
        """As the next hours would: the timer runs, the worker works, nobody else does anything."""
        for minutes in MINUTES:
            if self._settles():
                return
            self.house.clock.jump(minutes * 60)
            self.house.tick()
        self._settles()

    def _settles(self):
        """Whether nothing is left to do. What waits for a later time, or for a worker that died, stays."""
        end, before, since = time.monotonic() + SETTLE_SECONDS, None, time.monotonic()
        while left := site.what_is_left():
            if left != before:
                before, since = left, time.monotonic()
            if time.monotonic() > end or time.monotonic() - since > self.stuck:
                return False
            time.sleep(0.3)
        return True

    def _judge(self):
        self.ledger.close()
        times = {**({CALM: 1} if any(one.storm == CALM for one in self.ledger.kept) else {}), **self.times}
        judged = judging.judge(
            times, self.ledger.kept, self.ledger.sent, site.record(),
            failed=self.ledger.failed, longest=self.ledger.longest,
        )  # fmt: skip
        mails = judging.judge_mail(site.letters(), [name_of(mail) for mail in self.house.mail.sink.mail])
        troubles = [*self.ledger.troubles, *(f"not civil: {words}" for words in self.ledger.uncivil[:3])]
        troubles += [f"{name} was started too often and stays down" for name in self.house.given_up()]
        troubles += [f"{n} left to do: {what}" for what, n in site.what_is_left().items()]
        failed = Counter(site.failed_tasks())
        good = judging.is_good(judged, mails) and not troubles and not failed
        return Told(judged, mails, failed, troubles, self.storms, good)


def name_of(mail):
    """By which the site knows a letter: before the @ of its Message-ID."""
    return mail["Message-ID"].strip("<>").partition("@")[0]


def lines(told):
    """What is printed of a run."""
    mails = told.mails
    yield from judging.table(told.judged)
    yield ""
    yield (
        f"Letters: {mails.letters}; taken by the mail server once {mails.sent}, not known and shown to the "
        f"office {mails.uncertain}, twice {mails.doubled}, said to be sent and never taken {mails.missing}, "
        f"waiting {mails.waiting}"
    )
    failed = told.failed_tasks
    yield f"Tasks that failed for good: {sum(failed.values())} {dict(failed) or ''}".rstrip()
    yield f"In the record, and nobody sent it: {told.judged.strange}"
    for words in [*told.judged.examples, *told.troubles[:10]]:
        yield f"  {words}"
    yield "Nothing was lost, doubled or changed." if told.good else "FAILED"


def run(house, built, seed, goes_on, **more):
    return Run(house, built, Plan(seed, kinds_of(house)), goes_on, **more).tell()
