from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from lms.demo.crowd import seeding
from lms.demo.loading import DemoRefused


class Command(BaseCommand):
    help = "Add a large invented population, to see how the site bears it. Refused on a production site."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=100_000)
        parser.add_argument("--attempts", type=int, default=1_000_000)
        parser.add_argument("--workshops", type=int, help="If not given, one to a hundred people.")
        parser.add_argument(
            "--answered", type=int, default=10, help="Of how many people in a hundred answers are kept."
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--force", action="store_true", help="Even where there are other people.")

    def handle(self, *args, people, attempts, workshops, answered, seed, force, **options):
        if people < 1 or attempts < 0 or (workshops or 0) < 0:
            raise CommandError("At least one person, and no negative numbers.")
        began = monotonic()
        try:
            seeding.seed(
                people=people,
                attempts=attempts,
                workshops=workshops,
                answered=answered,
                seed=seed,
                force=force,
            )
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Added {people} people with {attempts} attempts in {monotonic() - began:.0f} s.")
