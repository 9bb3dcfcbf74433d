"""Every signal by which news travels up. Receivers live in the area that listens."""

from django.dispatch import Signal

# A quiz attempt was submitted and marked. Sent inside the transaction.
# Arguments: attempt (quizzes.Attempt), at (aware datetime)
attempt_submitted = Signal()

# An attempt that had been handed in was marked once more. Sent inside the transaction.
# Arguments: attempt (quizzes.Attempt), at (aware datetime)
attempt_marked_again = Signal()

# What another key would change was worked out, and nothing is changed yet. Sent before anybody sees it, and
# once more where a worker stopped meanwhile.
# Arguments: repair (quizzes.KeyRepair, with its `rows`)
repair_worked_out = Signal()

# A pass that stood after the repair of a wrong key was taken back. Sent inside the transaction.
# Arguments: attempt (quizzes.Attempt), reason, actor (people.User), at (aware datetime)
pass_taken_back = Signal()

# A part of a course was put into another one. Sent inside the transaction; the sender is its kind of page.
# Arguments: page (the alias, live), actor (people.User), at (aware datetime)
part_reused = Signal()

# A drill was finished and scored. Sent inside the transaction.
# Arguments: enrolment (enrolment.Enrolment), key (of the part it counts for), at (aware datetime)
drill_ended = Signal()

# A drill that was over was marked once more. Sent inside the transaction.
# Arguments: enrolment (enrolment.Enrolment), key (of the part it counts for), at (aware datetime)
drill_marked_again = Signal()

# A workshop is being closed. Sent inside the transaction, with the workshop and its registrations locked.
# Arguments: workshop (workshops.Workshop), actor (people.User), at (aware datetime)
workshop_closing = Signal()

# A completion was recorded. Sent inside the transaction, once per completion.
# Arguments: completion (progress.Completion), at (aware datetime)
course_completed = Signal()

# A completion was withdrawn: it counts no more. Sent inside the transaction, once per completion, with it and
# its enrolment locked.
# Arguments: completion (progress.Completion), reason, actor (people.User), at (aware datetime)
completion_withdrawn = Signal()

# A waiting person was approved; tests and certificates open.
# Arguments: person (people.Person), actor (people.User), at (aware datetime)
person_approved = Signal()

# A record was merged into another, or that was undone. Sent inside the transaction.
# Arguments: merge (people.Merge), actor (people.User), at (aware datetime)
person_merged = Signal()
person_unmerged = Signal()
# Somebody was approved or refused. Sent inside the transaction.
# Arguments: person (people.Person), entry (audit.AuditEntry: this decision), at (aware datetime)
person_decided = Signal()

# A waiting person is asked a question. Sent inside the transaction.
# Arguments: question (people.ApprovalQuestion), reply_to (an address or ""), at (aware datetime)
person_asked = Signal()

# An edition of a procedure was put in force. Sent inside the transaction, once.
# Arguments: edition (procedures.ProcedureEdition), actor (people.User), at (aware datetime)
procedure_published = Signal()

# The second step of a log-in was taken away. Sent inside the transaction.
# Arguments: user (people.User), entry (audit.AuditEntry: this deed), at (aware datetime)
second_step_removed = Signal()
