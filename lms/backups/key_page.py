"""The page with the private key, for the safe: it is on no disk of the server."""

import io
import textwrap

import segno

WORDS = """\
{line}
KEY OF THE BACKUPS OF {site}
made {at:%Y-%m-%d}
{line}

Print this page twice, or copy it by hand, and put it into two safes. Whoever has it can read everything that
the backups hold. Without it no backup can ever be opened again. Do not keep it on the server.

The private key, all in one line, in capitals:

{private}

The same for a telephone or a scanner:

{picture}

To restore the site on a new machine, follow the page "Restoring the site" (docs/restore.md). The key file
is a text file with the one line above.

{line}
The public key belongs into the server's .env; it closes the backups and opens nothing:

BACKUP_RECIPIENTS={public}
{line}
"""


def text(public, private, *, at, site):
    """The page as plain text, for a terminal or a printer."""
    picture = io.StringIO()
    segno.make(private, error="m").terminal(picture, compact=True)
    drawn = textwrap.indent(picture.getvalue(), "    ")
    return WORDS.format(line="-" * 80, site=site, at=at, private=private, public=public, picture=drawn)
