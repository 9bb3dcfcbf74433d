import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone
from wagtail.models import Locale, Site

from lms.home.first_administrator import administrator, link_to_choose, make_administrator


class Command(BaseCommand):
    help = "Make the first site and its administrator. What is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--email", default="", help="of the administrator; asked for if it is left out")
        parser.add_argument("--name", default="", help="full name of the administrator")
        parser.add_argument("--without-course", action="store_true", help="leave out the national course")

    def handle(self, *, email, name, without_course, **options):
        # Asked first: whoever installs learns at once that something is missing.
        there = administrator()
        email = email.strip() if there else self._address(email.strip())
        self._language()
        if not without_course:
            call_command("load_course", stdout=self.stdout)
        self._site()
        if there:
            self.stdout.write(f"Administrator: {there}, as it was.")
            return
        user = make_administrator(email, name.strip() or email, at=timezone.now())
        days = settings.PASSWORD_RESET_TIMEOUT // 86400
        self.stdout.write(f"Administrator: {email}. Choose a password here, within {days} days:")
        self.stdout.write(f"    {link_to_choose(user)}")

    def _address(self, email):
        if not email and sys.stdin.isatty():
            email = input("E-mail of the administrator: ").strip()
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError("Say who looks after the site: setup_site --email you@example.org") from wrong
        return email

    def _language(self):
        _locale, created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        if created:
            self.stdout.write(f"Language: {settings.LANGUAGE_CODE}.")

    def _site(self):
        """Wagtail's own note of the address; pages and mail take it from SITE_URL."""
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            self.stdout.write("Site: there is none yet. Run this again without --without-course.")
            return
        address = urlsplit(settings.SITE_URL)
        port = address.port or {"https": 443, "http": 80}[address.scheme]
        same = (site.hostname, site.port) == (address.hostname, port)
        if not same:
            site.hostname, site.port = address.hostname, port
            site.save()
        self.stdout.write(f"Site: {settings.SITE_URL}{', as it was' if same else ''}.")
