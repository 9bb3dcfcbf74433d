"""How passwords are hashed."""

from django.contrib.auth import hashers


class Argon2(hashers.Argon2PasswordHasher):
    """Argon2id with the least that OWASP's Password Storage Cheat Sheet allows: 19 MiB, 2 passes, 1 lane.

    Django's own choice (100 MiB, 2 passes, 8 lanes) took 190 ms of processor and 100 MiB in each web worker;
    this takes 21 ms on the same machine, so that a class of sixty that signs in at once costs about a
    second of it. Hashes of other strength are made anew when their person next signs in.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
