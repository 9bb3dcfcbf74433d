"""The page with the private key, for the safe: it is on no disk of the server."""

import textwrap

import segno

WORDS = """\
{line}
KEY OF THE BACKUPS OF {site}
made {at:%Y-%m-%d}
{line}

Print this page twice, or copy it by hand, and put it into two safes. Whoever
has it can read everything that the backups hold. Without it no backup can ever
be opened again. Do not keep it on the server.

The private key, all in one line, in capitals:

{private}

The same for a telephone or a scanner:

{picture}

To restore the site on a new machine, follow the page "Restoring the site"
(docs/restore.md). The key file is a text file with the one line above.

{line}
The public key belongs into the server's .env. It can only close the backups:

BACKUP_RECIPIENTS={public}
{line}
"""


def text(public, private, *, at, site):
    """The page as plain text, for a printer."""
    return WORDS.format(
        line="-" * 80,
        site=site,
        at=at,
        private=private,
        public=public,
        picture=textwrap.indent(_drawn(private), "    "),
    )


def _drawn(content):
    """A QR code of half blocks, dark on white paper."""
    rows = [list(row) for row in segno.make(content, error="m", micro=False).matrix_iter(border=4)]
    rows += [[0] * len(rows[0])] * (len(rows) % 2)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(" ▄▀█"[2 * up + down] for up, down in zip(*pair, strict=True)) for pair in pairs)
