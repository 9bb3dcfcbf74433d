"""From which stage a practice case may go to which: one forward, or one back; closed, it stays. Pure."""


def ways(stages, stage):
    """(the stage before or None, the stage after or None) to which it may go from here."""
    place = stages.index(stage)
    if place == len(stages) - 1:
        return None, None
    return (stages[place - 1] if place else None), stages[place + 1]
