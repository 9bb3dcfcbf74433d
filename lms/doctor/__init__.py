"""Is the site in order? `manage.py doctor` says so in plain words, and /admin/doctor/ shows it.

One file for each check in `checks/`, listed in `registry.py`; limits are pure rules in `rules.py`.
"""
