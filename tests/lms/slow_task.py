"""A task for the tests of killed workers: it waits until somebody lets it go."""

import time
from pathlib import Path

from django_tasks import task


@task()
def write_down(place):
    place = Path(place)
    with place.open("a") as paper:
        paper.write("started\n")
        paper.flush()
        while not place.with_suffix(".go").exists():
            time.sleep(0.05)
        paper.write("done\n")
