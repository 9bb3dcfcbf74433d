from django.core.management.base import BaseCommand

from lms.away import maintenance


class Command(BaseCommand):
    help = "Closes the site for a while, with a calm page for everybody, and opens it again."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("state", choices=["on", "off"])

    def handle(self, *, state, **options):
        if state == "on":
            maintenance.turn_on()
            self.stdout.write("Closed for maintenance. Open it again with: manage.py maintenance off")
        else:
            maintenance.turn_off()
            self.stdout.write("Open.")
