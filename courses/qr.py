"""QR codes for paper and screens."""

import segno


def qr_code(address, *, dark="#14202b", error="q"):
    """A data URI. By "q" a quarter of the code may be stained and it still reads; by "m" a seventh,
    in larger squares on the same paper.

    The mask is given: trying all eight takes six times as long, and every reader knows each of them.
    """
    return segno.make(address, error=error, micro=False, boost_error=False, mask=4).svg_data_uri(
        border=0, dark=dark, omitsize=True
    )
