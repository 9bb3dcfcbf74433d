"""A person who takes a test while things go wrong: one run."""

import random
import time
from collections import Counter, namedtuple

from tests.faults import story as stories
from tests.faults.checking import AT_ONCE, troubles
from tests.faults.device import Device
from tests.faults.log import CHOSE, HANDED_IN, LOST, POSTED, STUCK, TOLD_RESULT, WENT_ON, Deed, Shown, Trouble
from tests.faults.plan import TWICE, Plan
from tests.faults.world import Taker

# How often one tries to reach a page before the network is mended.
STUBBORN, ENDLESS = 4, 30
# In seconds, for what waits when all is connected again.
PATIENCE = 12
Told = namedtuple("Told", "seed story answers deeds shown faults mishaps troubles lines seconds refused")


class Stuck(Exception):
    pass


class Run:
    """`site` has proxies, chromium, browser and quizzes."""

    def __init__(self, site, seed, deck=None):
        self.site, self.story, self.deck = site, stories.story_of(seed), deck
        self.lot = random.Random(f"run {seed}")
        self.deeds, self.raw, self.lines, self.mishaps = [], [], [], Counter()
        self.began = time.time()
        self.taker = Taker(site.quizzes[self.story.quiz])
        self.size = len(self.taker.items)
        self.base = f"/attempts/{self.taker.attempt.uuid}/"
        self.devices, self.cut_for = [], 0

    def note(self, words):
        self.lines.append(f"{time.time() - self.began:7.3f}  {words}")

    def told(self, device, report):
        if report["attempt"] == str(self.taker.attempt.uuid) and report["n"]:
            self.raw.append((device, report))
            self.note(f"{device}: {report['n']} {report['state']}: {report['words']!r} {report['uuid'][:8]}")

    # --- The run ------------------------------------------------------------------------

    def tell(self):
        found = []
        try:
            self._unpack()
            self._answer_everything()
            if not self.devices[0].is_cut_off:
                found += self._settle()
            self._hand_in()
            found += self._settle()
        except Stuck as error:
            for device in self.devices:
                for passed in device.proxy.log[-6:]:
                    self.note(f"{device.name}: {passed}")
                self.note(f"{device.name}: still under way: {sorted(device.proxy.under_way)}")
            found.append(Trouble(STUCK, str(error)))
        finally:
            for device in self.devices:
                device.close()
        shown = [
            Shown(r["at"], name, r["n"], r["uuid"], r["state"], r["words"], self._payload(r["n"], r["fields"]))
            for name, r in self.raw
        ]
        outcome = self.taker.outcome({one.uuid for one in shown if one.uuid})
        is_practice = self.story.quiz == stories.PRACTICE
        found += troubles(self.deeds, shown, outcome, first_counts=is_practice)
        faults = Counter()
        for device in self.devices:
            faults.update(one.fault for one in device.proxy.log if one.fault)
        return Told(
            self.story.seed, self.story, len(outcome.counts), self.deeds, shown, faults, self.mishaps, found,
            self.lines, time.time() - self.began, sum(one.state in ("refused", "unsaved") for one in shown),
        )  # fmt: skip

    def _unpack(self):
        for place in range(self.story.devices):
            proxy = self.site.proxies[place]
            # Impatient fingers, or a network that repeats itself, where it would matter most.
            surely = {"/submit/": TWICE} if self.story.seed % 4 == 0 else {}
            proxy.begin(
                Plan(f"{self.story.seed} {place}", share=self.story.share, deck=self.deck, surely=surely)
            )
            device = Device(
                f"device {place + 1}",
                proxy=proxy,
                told=self.told,
                chromium=self.site.chromium,
                browser=None if self.story.own_browser else self.site.browser,
                clock=self.story.clocks[place],
            )
            self.devices.append(device)
            device.let_in(self.taker.new_session())
            self._be_at(device, 1)
        if stories.CLOCK_WRONG in self.story.mishaps:
            self.mishaps[stories.CLOCK_WRONG] += 1
        for device in self.devices:
            device.proxy.plan.calm = False

    def _answer_everything(self):
        planned = self._planned()
        device = self.devices[0]
        for n in range(1, self.size + 1):
            for mishap in planned.get(n, ()):
                device = self._befall(mishap, device, n)
            self._count_down()
            if n == self.size and self.story.hands_in_off_line:
                device = self.devices[0]
                self.note("*** the last question, and handing in, without a network")
                if self._be_at(device, n):
                    device.cut_off()
            self._answer(device, n)
            if self.lot.random() < 0.12 and n > 1 and self.story.quiz != stories.PRACTICE:
                self.note(f"{device.name}: back to {n - 1}")
                self._answer(device, n - 1)

    def _planned(self):
        """{n: mishaps before it}"""
        planned = {}
        for mishap in self.story.mishaps:
            if mishap != stories.CLOCK_WRONG:
                for _ in range(1 if mishap == stories.BROWSER_KILLED else self.lot.randint(1, 2)):
                    planned.setdefault(self.lot.randint(2, self.size), []).append(mishap)
        return planned

    # --- What befalls -------------------------------------------------------------------

    def _befall(self, mishap, device, n):
        self.mishaps[mishap] += 1
        self.note(f"*** {mishap}")
        return getattr(self, f"_{mishap.replace(' ', '_')}")(device, n) or device

    def _network_off(self, device, n):
        device.cut_off()
        self.cut_for = self.lot.randint(1, 3)

    def _session_expired(self, device, n):
        self.taker.end_session(device.session)

    def _tab_killed(self, device, n):
        self._touch_and_leave(device, n)
        device.kill_tab()

    def _browser_killed(self, device, n):
        self._touch_and_leave(device, n)
        device.kill_browser()

    def _two_tabs(self, device, n):
        """The same question in both, which each tab loaded before the other had answered it."""
        if not self._be_at(device, n):
            return
        if len(device.tabs) == 1:
            device.open_tab()
        else:
            device.tabs.reverse()
        if self._be_at(device, n):
            self._choose(device, n)
            device.rest(self.lot.uniform(0, 0.3))
            self._save(device, n)
            device.tabs.reverse()
            device.tab.bring_to_front()
            self._choose(device, n)

    def _two_devices(self, device, n):
        """The same question on both, one after the other; on the first it may wait to be sent."""
        other = self.devices[1 - self.devices.index(device)]
        if self.lot.random() < 0.6 and self._be_at(device, n):
            device.cut_off()
            self._choose(device, n)
            device.rest(AT_ONCE * 1.1)
            self._answer(other, n)
            device.rest(0.2)
            self._reconnect()
        return other

    def _clock_moved(self, device, n):
        """Between a first thought and a second one, neither of which is sent yet."""
        if self._be_at(device, n):
            device.cut_off()
            self.cut_for = 1
            self._choose(device, n)
            device.rest(0.1)
        device.move_clock(device.clock + self.lot.choice([-stories.DAY, -stories.DAY, -600_000, stories.DAY]))
        self._choose(device, n)
        device.rest(0.1)

    def _somebody_else_signed_in(self, device, n):
        """In another tab, while this one still has the question of the first person."""
        if self._be_at(device, n):
            own = device.session
            device.let_in(self.site.stranger.new_session())
            self._choose(device, n)
            device.rest(self.lot.uniform(0.05, 0.4))
            device.let_in(own)

    def _touch_and_leave(self, device, n):
        """Half a second's work before it dies: something is chosen, and nobody waits to hear of it."""
        if self.lot.random() < 0.7 and self._be_at(device, n):
            self._choose(device, n)
            if self.lot.random() < 0.5:
                device.rest(self.lot.uniform(0, 0.1))

    def _count_down(self):
        if self.cut_for:
            self.cut_for -= 1
            if not self.cut_for:
                self._reconnect()

    def _reconnect(self):
        self.cut_for = 0
        for device in self.devices:
            if device.is_cut_off:
                self.note(f"{device.name}: network on")
                device.cut_off(False)

    # --- One question -------------------------------------------------------------------

    def _be_at(self, device, n):
        """Reach the page of this question, as stubborn people do. Whether it asks for an answer."""
        for turn in range(ENDLESS):
            here = device.ask("where")
            is_there = here and here["n"] == n and here["path"].startswith(self.base)
            if is_there and (here["asks"] or here["verdict"]):
                return here["asks"]
            if here and here["login"]:
                self._sign_in(device)
            self._mend(device, turn)
            if turn:
                device.rest(min(0.02 * turn, 0.2))
            self.note(f"{device.name}: go to {n}: {device.go(f'{self.base}{n}/')}")
        raise Stuck(f"Question {n} was never reached: {device.tab.url}")

    def _mend(self, device, turn):
        if turn == STUBBORN and device.is_cut_off:
            self._reconnect()
        if turn == 3 * STUBBORN:
            self.note(f"{device.name}: the network is calm for a while")
            device.proxy.plan.calm = True

    def _sign_in(self, device):
        self.note(f"{device.name}: sign in again")
        device.let_in(self.taker.new_session())

    def _answer(self, device, n):
        for turn in range(ENDLESS):
            if not self._be_at(device, n):
                return  # Practice: it is answered, and stays.
            if turn == 0 or self._payload(n, device.ask("fields")) is None:
                self._choose(device, n)
                if self.lot.random() < 0.2:
                    device.rest(self.lot.uniform(0, 0.15))
                    self._choose(device, n)
            if self._save(device, n):
                device.proxy.plan.calm = self._is_over
                return
            if (device.ask("where") or {}).get("asksIn"):
                self._sign_in(device)
                if self.lot.random() < 0.5:
                    device.go(f"{self.base}{n}/")
            elif turn and device.is_cut_off:
                self._reconnect()
            self._mend(device, turn)
        raise Stuck(f"Question {n} was never saved: {device.tab.url}")

    _is_over = False

    def _choose(self, device, n):
        """Touch the screen until a whole answer stands there."""
        choices = device.ask("choices") or []
        if not choices:
            return
        for place, value in self._touches(choices):
            touched = device.ask("touch", place, value)
            if touched is None:
                return
            payload = self._payload(n, touched["fields"])
            self.note(f"{device.name}: {n} touched: {payload}")
            if payload is not None:
                self.deeds.append(Deed(touched["at"], device.name, CHOSE, n, payload))

    def _touches(self, choices):
        """[(which of the fields, value), ...], which together make another answer than there was."""
        rows = [place for place, choice in enumerate(choices) if choice["options"]]
        if rows:
            values = [value for value in choices[rows[0]]["options"] if value]
            return list(zip(rows, self.lot.sample(values, len(values)), strict=False))
        touches = []
        for name in dict.fromkeys(choice["name"] for choice in choices):
            group = [place for place, choice in enumerate(choices) if choice["name"] == name]
            free = [place for place in group if not choices[place]["ticked"]]
            if choices[group[0]]["type"] == "text":
                touches.append((group[0], self.lot.choice(["12", "18", "20"])))
            elif choices[group[0]]["type"] == "radio":
                touches.append((self.lot.choice(free or group), ""))
            else:
                touches += [(place, "") for place in free or group if self.lot.random() < 0.5] or [
                    (group[0], "")
                ]
        return touches

    def _payload(self, n, fields):
        return self.taker.payload(n, fields) if fields else None

    def _save(self, device, n):
        """Press "Save and continue" and see where that leads. Whether the next page came."""
        payload, saved = self._payload(n, device.ask("fields")), device.ask("save")
        if saved is None:
            self.note(f"{device.name}: no button: go to {n} again: {device.go(f'{self.base}{n}/')}")
            return False
        if saved["isPosted"] and payload is not None:
            self.deeds.append(Deed(saved["at"], device.name, POSTED, n, payload))
        reached = self._wait_for_next(device, n)
        self.note(f"{device.name}: {n} saved: {reached or device.tab.url}")
        if reached and payload is not None:
            self.deeds.append(Deed(time.time(), device.name, WENT_ON, n, payload))
        return bool(reached)

    def _wait_for_next(self, device, n):
        """The path of the page that came, or "": an error page, the log-in, or nothing at all."""
        until = time.time() + (1.2 if device.is_cut_off else 4)
        while time.time() < until:
            here = device.ask("where") or {}
            path = here.get("path", "")
            if path.startswith(self.base):
                on_question = here["asks"] or here["verdict"]
                if here["verdict"] or (here["n"] != n and (on_question or path.endswith("/review/"))):
                    return path
                if here["n"] == n and not on_question:
                    return ""
            elif path or device.tab.url.startswith("chrome-error"):
                return ""
            device.rest(0.03)
        return ""

    # --- The end ------------------------------------------------------------------------

    def _settle(self):
        """Everything is connected again, until nothing waits on any device."""
        self._is_over = True
        self._reconnect()
        for device in self.devices:
            calm, waiting, began, opened = device.proxy.plan.calm, None, time.time(), 0
            while time.time() - began < PATIENCE:
                device.proxy.plan.calm = calm or time.time() - began > PATIENCE / 3
                here = device.ask("where")
                if here and here["login"]:
                    self._sign_in(device)
                # Sending takes its time: it is not interrupted by looking at it.
                if not here or here["login"] or time.time() - opened > 2:
                    device.go(self.base)
                    opened = time.time()
                waiting = device.ask("waiting")
                if waiting == 0:
                    break
                device.rest(0.05)
            else:
                return [Trouble(LOST, f"{device.name}: {waiting} still wait at the end")]
            device.proxy.plan.calm = calm
        return []

    def _hand_in(self):
        device = self.devices[0]
        device.proxy.plan.calm = self.story.hands_in_calmly
        for turn in range(ENDLESS):
            if turn == STUBBORN:
                self._reconnect()
            if turn == 2 * STUBBORN:
                device.proxy.calm()
            here = device.ask("where") or {}
            if here.get("path") == f"{self.base}result/" and here["result"]:
                self.deeds.append(Deed(time.time(), device.name, TOLD_RESULT))
                self.note(f"{device.name}: {here['title']!r}")
                break
            if here.get("login"):
                self._sign_in(device)
            if here.get("handsIn") and here["path"] == f"{self.base}review/":
                at = device.ask("handIn")
                if at:
                    self.deeds.append(Deed(at, device.name, HANDED_IN))
                self.note(f"{device.name}: hands in")
                if device.is_cut_off:
                    device.rest(0.4)
                    self._reconnect()
                self._wait_to_leave(device, here["path"])
            else:
                device.go(f"{self.base}review/")
        else:
            raise Stuck(f"It was never handed in: {device.tab.url}")
        device.proxy.calm()

    def _wait_to_leave(self, device, path):
        before = device.tab.url
        until = time.time() + 4
        while time.time() < until and device.tab.url == before:
            device.rest(0.03)
        device.rest(0.03)
