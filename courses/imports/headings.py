"""What the heading of a column means, in the spellings in use. Pure."""

import unicodedata

# Never imported, whatever the file says: rights, approval and keys are given by hand.
_RIGHTS = """
role roles rolle rol isstaff staff issuperuser superuser admin isadmin administrator permission permissions
droits berechtigung permisos approval approved status password passwort motdepasse contrasena clave
uuid id pk personid userid username login benutzername utilisateur usuario isactive active mergedinto
certificate certificatenumber
"""
PRIVILEGED = frozenset(_RIGHTS.split())


def plain(heading):
    """The letters and digits of a heading, small and without accents."""
    text = unicodedata.normalize("NFKD", heading).casefold()
    return "".join(character for character in text if character.isalnum())


def is_privileged(heading):
    return plain(heading) in PRIVILEGED


def guess(headings, spellings):
    """{field: column}: for each field the first column whose heading is one of its spellings."""
    found = {}
    for field, known in spellings.items():
        for column, heading in enumerate(headings):
            if column not in found.values() and not is_privileged(heading) and plain(heading) in known:
                found[field] = column
                break
    return found
