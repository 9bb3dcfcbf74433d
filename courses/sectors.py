"""The one rule of sectors: unmarked is for everyone."""


def is_for(marked, sector_code):
    """Whether a part marked for the sector codes `marked` is on the path of `sector_code`.

    Somebody without a sector ("") sees the trunk alone. `None` (an author's preview of
    the whole) sees everything.
    """
    return not marked or sector_code is None or sector_code in marked
