import json
import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.doctor.examining import examine, verdict_of
from lms.doctor.finding import Verdict

WORDS = {Verdict.OK: "ok", Verdict.LOOK: "look at", Verdict.BROKEN: "broken"}


class Command(BaseCommand):
    help = (
        "Says in plain words what is wrong and what to do. It changes and sends nothing. "
        "Exit code: 0 all is well, 1 something to look at, 2 something broken."
    )
    # It says itself what these would say, and goes on where they would stop.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument(
            "--quick", action="store_true", help="without the mail server and the site's address"
        )

    def handle(self, *, quick, **options):
        examined = examine(timezone.now(), slow=not quick)
        verdict = verdict_of(examined)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(examined, verdict), ensure_ascii=False))
        else:
            self.tell(examined, verdict)
        if verdict:
            sys.exit(int(verdict))

    def tell(self, examined, verdict):
        for each in examined:
            for finding in each.findings:
                do = f" → {finding.do}" if finding.do else ""
                self.stdout.write(f"{WORDS[finding.verdict]:8} {each.check.title}: {finding.says}{do}")
                if finding.detail:
                    self.stdout.write(f"{'':8} {finding.detail}")
        self.stdout.write(
            {
                Verdict.OK: "All is well.",
                Verdict.LOOK: "The site works. Look at the lines above that say so, when there is time.",
                Verdict.BROKEN: "Something is broken. Begin with the first line that says so.",
            }[verdict]
        )


def as_json(examined, verdict):
    """{"verdict", "checks": [{"name", "verdict", "findings": [{"verdict", "says", "do", "detail"}]}]}"""
    return {
        "verdict": WORDS[verdict],
        "checks": [
            {
                "name": each.check.name,
                "verdict": WORDS[each.verdict],
                "findings": [
                    {
                        "verdict": WORDS[finding.verdict],
                        "says": str(finding.says),
                        "do": str(finding.do),
                        "detail": str(finding.detail),
                    }
                    for finding in each.findings
                ],
            }
            for each in examined
        ],
    }
