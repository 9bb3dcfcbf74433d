"""Background tasks: what waits, since when, and what is stuck.

**Each task is a row of the database (`DBTaskResult`), whoever hands it to the workers.** The row is written
in the transaction of what it belongs to, so there is a task if and only if there is a completion, a letter,
an import. With TASK_QUEUE=database workers look into the table; with TASK_QUEUE=redis they are told through
Redis (django-tasks-rq), and nothing else is there: a Redis that is emptied or lost loses no task, and one may
go from either to the other at any time. What waits is told by `lms.health`, what is stuck is put back by
`lms.reaping`, what failed is shown at the desk: all from the rows.
"""
