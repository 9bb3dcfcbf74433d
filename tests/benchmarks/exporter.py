"""A process that sends one long list as CSV, and tells its lines and what it grew by after 10,000, in MB.

Called by `growth.export_memory` with the name of the database.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
django.setup()

BASE = 10_000


def main(database):
    from django.db import connection

    from lms.reports.figures import scope
    from lms.reports.figures.defined import FIGURES
    from lms.reports.figures.tables import response
    from lms.reports.pages.lists import table_of
    from tests.benchmarks.worker import peak

    connection.settings_dict["NAME"] = database
    everything = scope.read({"period": "any", "from": "2000-01-01", "to": "2099-12-31"})
    figure, lines = FIGURES["hours"], 0
    # Of a short list, after a tenth of it.
    base = min(BASE, figure.listed(everything).count() // 10)
    for _line in response(table_of(figure, everything), "csv").streaming_content:
        lines += 1
        if lines == base:
            before = peak()
    print(lines, peak() - before)


if __name__ == "__main__":
    main(sys.argv[1])
