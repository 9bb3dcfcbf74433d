"""`make bench`: ratios against bare frameworks, measured in the same run. Never bare times.

In a database of its own, on SQLite or on what DATABASE_URL names. Arguments: names of benchmarks, or "growth"
for all those of what grows with the record; none for all. Fails where a limit is broken.
"""

import os
import sys
import warnings

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
os.environ.setdefault("DATABASE_TEST_NAME", "var/bench.sqlite3")
warnings.simplefilter("ignore")
django.setup()


def main(names):
    from django.db import connection
    from django.test import override_settings
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment(debug=False)
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(ROOT_URLCONF="tests.benchmarks.bare"):
            from tests.benchmarks import against, growth, office

            print(f"Ours against the floor, on {connection.vendor}:")
            ratios = []
            growing = [*growth.ALL, *office.ALL]
            for benchmark in [*against.ALL, *growing]:
                grows = "growth" in names and benchmark in growing
                if not names or grows or benchmark.__name__ in names:
                    ratios.append(benchmark())
                    print(f"  {ratios[-1]}", flush=True)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()
    return 0 if all(ratio.holds for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
