#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.development")
    from django.core.management import execute_from_command_line

    from lms import discreet_logs

    # Timers and workers: their last words go into the journal. Whoever sits at a terminal reads all of them.
    if os.environ["DJANGO_SETTINGS_MODULE"] == "lms.settings.production" and not sys.stderr.isatty():
        sys.excepthook = discreet_logs.uncaught
    execute_from_command_line(sys.argv)
