import environ
from django.core.management.base import BaseCommand, CommandError

from lms.demo import cast, loading


class Command(BaseCommand):
    help = "Add the demo people and two years of invented history. Refused on a production site."

    def handle(self, *args, **options):
        password = environ.Env()("DEMO_PASSWORD", default="learn-and-protect")
        try:
            added = loading.load(password=password)
        except loading.DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Demo: {added} trainees added. Sign in with the password {password} as:")
        for local, name, role, *_rest in cast.ACCOUNTS:
            self.stdout.write(f"  {local}@example.org  {name} ({role.replace('_', ' ')})")
