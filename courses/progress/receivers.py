"""Thin receivers: news from below."""

from django.dispatch import receiver

from courses.progress.foreseeing import foresee_completions
from courses.progress.recording import evaluate
from courses.progress.reopening import done_again
from courses.progress.withdrawing import withdraw_what_rested_on
from courses.signals import (
    attempt_marked_again,
    attempt_submitted,
    drill_ended,
    drill_marked_again,
    pass_taken_back,
    repair_worked_out,
)


@receiver([attempt_submitted, attempt_marked_again])
def evaluate_when_a_test_is_marked(sender, attempt, at, **kwargs):
    if attempt.enrolment is not None:
        evaluate(attempt.enrolment, actor=None, at=at)


@receiver([drill_ended, drill_marked_again])
def evaluate_when_a_drill_is_over(sender, enrolment, at, **kwargs):
    evaluate(enrolment, actor=None, at=at)


@receiver(attempt_submitted)
def settle_what_an_edit_of_a_check_asked_for(sender, attempt, at, **kwargs):
    if attempt.enrolment is not None:
        done_again(attempt.enrolment, attempt.quiz_key, at=at)


@receiver(drill_ended)
def settle_what_an_edit_of_a_drill_asked_for(sender, enrolment, key, at, **kwargs):
    done_again(enrolment, key, at=at)


@receiver(repair_worked_out)
def foresee_when_a_repair_is_worked_out(sender, repair, **kwargs):
    foresee_completions(repair)


@receiver(pass_taken_back)
def withdraw_without_the_pass(sender, attempt, reason, actor, at, **kwargs):
    withdraw_what_rested_on(attempt, reason=reason, actor=actor, at=at)
