"""In a process of its own, on an empty database: an earlier state is loaded and brought to this version.

python -m tests.upgrades.walk <state> prints as JSON what stands there afterwards.
"""

import json
import sys

import django
from django.core.management import call_command


def main(name):
    django.setup()
    from tests.upgrades import facts, loading

    state = loading.read(name)
    loading.load(state)
    call_command("migrate", interactive=False, verbosity=0)
    print(json.dumps(facts.after(state)))


if __name__ == "__main__":
    main(sys.argv[1])
