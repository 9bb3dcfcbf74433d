"""The settings of the site (.env), which travel in the encrypted file: with SECRET_KEY, passwords and all."""

import re

# What belongs to a machine: the new one has its own.
OF_THE_MACHINE = ["DATABASE_URL", "MEDIA_ROOT", "PRIVATE_ROOT", "STATIC_ROOT", "BACKUP_ROOT"]


def names_in(example):
    """The names that `.env.example` knows."""
    return re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, re.M)


def from_environment(names, environment):
    """A settings file for a site that has none and takes all from its environment."""
    return "".join(f"{name}={_quoted(environment[name])}\n" for name in names if environment.get(name))


def moved(content, environment):
    """The settings of the old machine for the new one, whose own values come from its environment.

    The old lines stay as remarks, without passwords.
    """
    lines = []
    for line in content.splitlines():
        name = line.partition("=")[0].strip().removeprefix("export ").strip()
        if name not in OF_THE_MACHINE:
            lines.append(line)
        elif environment.get(name) or name != "DATABASE_URL":
            lines.append("# of the old machine: " + re.sub(r"//([^:/@]*):[^@]*@", r"//\1:...@", line))
        else:
            lines.append(line)
    lines += [f"{name}={_quoted(environment[name])}" for name in OF_THE_MACHINE if environment.get(name)]
    return "\n".join(lines) + "\n"


def _quoted(value):
    return f'"{value}"' if re.search(r"[\s#]", value) else value
