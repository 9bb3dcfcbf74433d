"""Who earned a Statement of Attendance: the rule of a workshop. Pure."""

SESSIONS, NO_SESSIONS, UNCONFIRMED, NO_TEST, MARK = "sessions", "no sessions", "unconfirmed", "no test", "mark"


def enough_sessions(attended, planned, required_share):
    """Whether so many of the planned sessions are the share asked for: 4 of 5 are 80 per cent."""
    return planned > 0 and attended * 100 >= required_share * planned


def unmet(*, attended, unconfirmed, planned, required_share, mark, required_mark):
    """What is missing, as codes, none where the rule is met.

    `unconfirmed`: sessions signed in to by the wall code, in a room nobody confirmed yet. `mark`: of the
    post-test in per cent, None without one. `required_mark` is None where no test is asked for.
    """
    missing = []
    if not planned:
        missing.append(NO_SESSIONS)
    elif not enough_sessions(attended, planned, required_share):
        missing.append(SESSIONS)
        if unconfirmed:
            missing.append(UNCONFIRMED)
    if required_mark is not None:
        if mark is None:
            missing.append(NO_TEST)
        elif mark < required_mark:
            missing.append(MARK)
    return missing
