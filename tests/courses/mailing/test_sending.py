"""Letters and a mail server that refuses, delays, hangs up, and accepts: each letter once, or never twice."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.choices import Approval, LetterState
from courses.mailing import sending
from courses.mailing.models import Letter
from courses.mailing.posting import post
from courses.mailing.verdicts import WAITS
from courses.people.merging import merge
from courses.people.models import Person
from tests.at_once import at_once
from tests.factories import make_person, make_user
from tests.sink import Killed, running_sink

pytestmark = pytest.mark.django_db
NEVER = "127.0.0.1", 1  # nobody listens there


@pytest.fixture
def sink(settings):
    # Nothing is sent by the posting itself: these tests turn the clock.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with running_sink(settings) as sink:
        yield sink


@pytest.fixture
def now():
    return timezone.now()


def written(address="ann@example.org", at=None, **kwargs):
    kwargs.setdefault("key", f"test:{address}")
    return post(kwargs.pop("key"), "people/mail/approved", address=address, at=at or timezone.now(), **kwargs)


def send(at, **kwargs):
    return sending.send_due(clock=lambda: at, **kwargs)


def states():
    return Counter(Letter.objects.values_list("state", flat=True))


def state_of(letter):
    letter.refresh_from_db()
    return letter.state


def a_day_of_tries(start, hours=24):
    """Every ten minutes, as the timer does."""
    for minutes in range(0, hours * 60, 10):
        send(start + timedelta(minutes=minutes))


def test_a_mail_sink_that_is_down_for_a_day_gets_each_letter_once(sink, now, settings):
    """Refused connections, then refusals in words, then a hang-up before each letter; then all is well."""
    port = settings.EMAIL_PORT
    for n in range(12):
        written(f"p{n}@example.org", at=now)
    settings.EMAIL_HOST, settings.EMAIL_PORT = NEVER
    a_day_of_tries(now, hours=8)
    settings.EMAIL_PORT, sink.greeting = port, "554 not today"
    a_day_of_tries(now + timedelta(hours=8), hours=8)
    sink.greeting, sink.hangs_up_at = "220 sink", "MAIL"
    a_day_of_tries(now + timedelta(hours=16), hours=8)
    assert (sink.mail, states()) == ([], {LetterState.QUEUED: 12})

    sink.accept_again()
    a_day_of_tries(now + timedelta(hours=24))

    assert sorted(sink.addresses) == sorted(f"p{n}@example.org" for n in range(12))
    assert states() == {LetterState.SENT: 12}


def test_while_the_server_is_away_it_is_asked_once_and_not_for_each_letter(sink, now):
    sink.greeting = "421 busy"
    for n in range(30):
        written(f"p{n}@example.org", at=now)
    send(now)
    assert sink.connections == 1
    assert set(Letter.objects.values_list("tries", "answer")) == {(1, "421 busy")}


def test_a_long_queue_goes_over_one_connection(sink, now):
    for n in range(30):
        written(f"p{n}@example.org", at=now)
    assert send(now) == 30
    assert (sink.connections, len(set(sink.addresses))) == (1, 30)


def test_it_is_tried_for_more_than_three_days_with_growing_waits_and_then_given_up(sink, now):
    letter = written(at=now)
    sink.refuses = {letter.address: "451 try later"}
    tried = []
    while state_of(letter) == LetterState.QUEUED:
        tried.append(letter.next_try_at)
        send(letter.next_try_at)

    assert [later - earlier for earlier, later in zip(tried, tried[1:], strict=False)] == WAITS
    assert tried[-1] - now > timedelta(days=3)
    assert (letter.state, letter.answer, sink.mail) == (LetterState.FAILED, "451 try later", [])


def test_one_refused_recipient_comes_back_and_stops_no_other(sink, now):
    refused = written("gone@example.org", at=now)
    later = written("full@example.org", at=now)
    written("ann@example.org", at=now)
    sink.refuses = {"gone@example.org": "550 5.1.1 no such user", "full@example.org": "452 mailbox full"}
    send(now)
    assert sink.addresses == ["ann@example.org"]
    assert (state_of(refused), refused.answer) == (LetterState.BOUNCED, "550 5.1.1 no such user")
    assert (state_of(later), later.next_try_at) == (LetterState.QUEUED, now + WAITS[0])

    sink.accept_again()
    a_day_of_tries(now)
    assert sink.addresses == ["ann@example.org", "full@example.org"]


def test_a_letter_refused_as_a_whole_is_not_tried_again(sink, now):
    letter = written(at=now)
    sink.answer = "554 looks like spam"
    send(now)
    assert (state_of(letter), letter.answer) == (LetterState.FAILED, "554 looks like spam")


def test_a_hang_up_before_the_letter_is_tried_again_one_after_it_is_not(sink, now):
    before, after = written("before@example.org", at=now), None
    sink.hangs_up_at = "DATA"
    send(now)
    assert state_of(before) == LetterState.QUEUED
    sink.accept_again()
    send(now + WAITS[0])
    assert state_of(before) == LetterState.SENT

    after = written("after@example.org", at=now)
    sink.hangs_up_at = "END"
    send(now)
    assert state_of(after) == LetterState.UNCERTAIN
    sink.accept_again()
    a_day_of_tries(now)
    assert sink.addresses == ["before@example.org"]


def test_no_answer_in_time_after_the_letter_is_not_known_either(sink, now, settings):
    settings.EMAIL_TIMEOUT, sink.delay = 0.3, 1
    letter = written(at=now)
    send(now)
    assert state_of(letter) == LetterState.UNCERTAIN


def test_a_slow_server_takes_it_once(sink, now):
    sink.delay = 0.3
    letter = written(at=now)
    assert send(now) == 1
    assert (state_of(letter), len(sink.mail)) == (LetterState.SENT, 1)


def test_killed_between_handing_over_and_writing_down(sink, now, settings):
    """The server has it, the row does not say so: never again by itself, and the office sees it."""
    letter = written(at=now)

    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.sink.KilledAfterwards"
    with pytest.raises(Killed):
        send(now)
    settings.EMAIL_BACKEND = working
    assert (len(sink.mail), state_of(letter)) == (1, LetterState.SENDING)

    assert sending.mark_lost(at=now + timedelta(minutes=14)) == 0
    assert sending.mark_lost(at=now + timedelta(minutes=16)) == 1
    a_day_of_tries(now)
    assert (len(sink.mail), state_of(letter)) == (1, LetterState.UNCERTAIN)


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_once(sink, now):
    for n in range(20):
        written(f"p{n}@example.org", at=now)
    assert sum(at_once(lambda _n: send(now), 3)) == 20
    assert sorted(sink.addresses) == sorted({f"p{n}@example.org" for n in range(20)})


def test_what_the_mail_carries(sink, now):
    letter = written(
        at=now,
        reply_to="office@example.org",
        unsubscribe_url="https://example.org/stop/1",
        attachments=[{"name": "training\r\nsession.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR"}],
    )
    send(now)
    (mail,) = sink.mail
    assert mail["Message-ID"] == f"<{letter.uuid}@example.org>"
    assert mail["Reply-To"] == "office@example.org"
    assert mail["List-Unsubscribe"] == "<https://example.org/stop/1>"
    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("training session.ics", "text/calendar")


def test_no_header_can_be_smuggled_in(sink, now):
    post(
        "smuggled",
        "people/mail/question",
        at=now,
        address="ann@example.org\r\nBcc: all@example.org",
        reply_to="a@example.org\nBcc: all@example.org",
        question="x",
    )
    letter = Letter.objects.get()
    assert (letter.state, letter.answer) == (LetterState.BOUNCED, "This is not an e-mail address.")
    assert letter.reply_to == ""
    assert send(now) == 0


def test_whoever_left_or_was_refused_meanwhile_gets_nothing_more(sink, now):
    gone = make_person(left_on=timezone.localdate() - timedelta(days=1))
    refused = make_person(approval=Approval.REFUSED)
    merged = make_person(merged_into=gone)
    for n, person in enumerate((gone, refused, merged)):
        written(f"p{n}@example.org", at=now, person=person)
    told = written("told@example.org", at=now, person=refused, always=True)
    send(now)
    assert sink.addresses == [told.address]
    assert states() == {LetterState.WITHDRAWN: 3, LetterState.SENT: 1}


def test_the_same_key_is_one_letter(sink, now):
    assert written(at=now).pk == written(at=now).pk
    send(now)
    assert written(at=now).state == LetterState.SENT
    send(now + timedelta(days=1))
    assert len(sink.mail) == 1


def test_a_letter_leaves_no_earlier_than_it_may(sink, now):
    written(at=now, not_before=now + timedelta(hours=4))
    assert (send(now), send(now + timedelta(hours=4))) == (0, 1)


def test_the_text_is_forgotten_some_weeks_after_it_was_sent(sink, now):
    letter = written(at=now)
    send(now)
    waiting = written("waits@example.org", at=now)
    assert sending.purge_texts(at=now + timedelta(weeks=5)) == 0
    assert sending.purge_texts(at=now + timedelta(weeks=7)) == 1
    letter.refresh_from_db()
    waiting.refresh_from_db()
    assert (letter.body, letter.subject) == ("", "Your sign-up is approved")
    assert waiting.body


def test_the_command_says_what_it_did(sink, capsys):
    written()
    call_command("send_letters")
    assert capsys.readouterr().out == "1 sent, 0 not known whether sent, 0 texts forgotten.\n"
    call_command("send_letters")
    assert capsys.readouterr().out == ""


def test_a_merged_records_letter_goes_to_the_person_it_counts_as(sink, now):
    kept, merged = make_user(email="kept@example.org"), make_user(email="merged@example.org")
    card_alone = make_user(email=None)
    merge(merged.person, kept.person, actor=None, at=now)
    one = written("", key="one", person=Person.objects.get(pk=merged.person.pk))
    other = make_user(email="other@example.org")
    merge(other.person, card_alone.person, actor=None, at=now)
    two = written("", key="two", person=Person.objects.get(pk=other.person.pk))

    assert (one.person, one.address) == (kept.person, "kept@example.org")
    assert (two.person, two.address) == (card_alone.person, "other@example.org")
