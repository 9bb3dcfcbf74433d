"""QR codes for paper and screens."""

import segno


def qr_code(address, *, dark="#14202b"):
    """A data URI. A quarter of the code may be stained and it still reads.

    The mask is given: trying all eight takes six times as long, and every reader knows each of them.
    """
    return segno.make(address, error="q", micro=False, boost_error=False, mask=4).svg_data_uri(
        border=0, dark=dark, omitsize=True
    )
