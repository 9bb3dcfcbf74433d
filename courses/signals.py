"""Every signal by which news travels up. Receivers live in the area that listens."""

from django.dispatch import Signal

# A quiz attempt was submitted and marked. Sent inside the transaction.
# Arguments: attempt (quizzes.Attempt), at (aware datetime)
attempt_submitted = Signal()

# A completion was recorded. Sent inside the transaction, once per completion.
# Arguments: completion (progress.Completion), at (aware datetime)
course_completed = Signal()

# A waiting person was approved; tests and certificates open.
# Arguments: person (people.Person), actor (people.User), at (aware datetime)
person_approved = Signal()

# A record was merged into another, or that was undone. Sent inside the transaction.
# Arguments: merge (people.Merge), actor (people.User), at (aware datetime)
person_merged = Signal()
person_unmerged = Signal()
