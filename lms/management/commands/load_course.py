from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.installing import install_design
from courses.catalogue.models import Course
from courses.national import loading
from courses.national.cards import install_cards
from courses.people.groups import install_groups
from lms.home import site_content


class Command(BaseCommand):
    help = "Install the public pages and the national course. Never overwrites what has been edited."

    def handle(self, *args, **options):
        now = timezone.now()
        install_groups()
        site_content.install_directory(at=now)
        site_content.install_pages(at=now)
        counts = loading.load(at=now)
        install_cards(at=now)
        for course in Course.objects.filter(code=loading.COURSE):
            install_design(course)
        self.stdout.write(
            "National course: {created} parts created, {renewed} renewed, {kept} left as they are.".format(
                **counts
            )
        )
