"""An address as anyone may see it: without the passwords, tokens and signatures that open what is behind it."""

from __future__ import annotations

import re
from urllib.parse import unquote

HIDDEN = "***"
"""What stands in the place of a secret. An address that has it is not enough to fetch the document again."""

# "//ana:clave@", also where a slash of the sign is missing, and where the password itself has "/", "?" or "#", which it should not.
_LOGIN = re.compile(r"((?:\b[a-z][\w+.-]+:/{1,3}|//)[^\s/?#@:\[]*):(?!:)(?:[^\s/?#]*|(?!\d*[/?#])[^\s@]*)@", re.I)
# Of web pages, a name alone is a token mostly: "https://ghp_…@github.com". Elsewhere it says whose folder it is.
_TOKEN = re.compile(r"(\bhttps?:/{1,3})[^\s/?#@:\[]+@", re.I)
_VALUE = re.compile(r"([?&;#])([^=&;#?\s]+)=([^&;#\s'\"<>]*)")
_SECRET = re.compile(
    r".*(?:token|secret|passw|passphrase|pwd|contrase|signature|credential|authori[sz]ation|session|ticket|jwt).*"
    r"|.*[_-]?key(?:[_-]?id)?|sig|sign|pass|pw|auth|clave|pin|sas",
    re.I,
)
"""Names of values that open something. That some value of such a name opens nothing does no harm: the address is given again."""
_REPOSITORIES = ("github:", "git:")
"""Protocols that name a repository where others have a password: ``github://owner:repository@branch/``."""
_ADDRESS = re.compile(r"\w\w:/")
_SHORTEST = 4
"""Characters of a secret that is looked for by itself: fewer stand in many words."""
_LONGEST = 10_000
"""Characters of what a program says; nobody is shown as many."""


def public(text: str) -> str:
    """A text without the secrets of the addresses in it: an address, or what a program says of one."""
    text = _LOGIN.sub(lambda m: f"{m[1]}:{HIDDEN}@" if _is_login(m) else m[0], text)
    text = _TOKEN.sub(lambda m: f"{m[1]}{HIDDEN}@", text)
    if not _ADDRESS.search(text):  # the name of a file that was saved from a page
        return text
    return _VALUE.sub(lambda m: f"{m[1]}{m[2]}={HIDDEN}" if _SECRET.fullmatch(unquote(m[2])) else m[0], text)


def _is_login(found: re.Match[str]) -> bool:
    return not found[1].lower().startswith(_REPOSITORIES)


def said_of(address: str, text: str) -> str:
    """What a program says of an address, without the address's secrets, wherever they stand in it."""
    for secret in sorted(_secrets(address), key=len, reverse=True):
        for form in (secret, unquote(secret)):
            if len(form) >= _SHORTEST:
                text = text.replace(form, HIDDEN)
    return public(text[:_LONGEST])


def _secrets(address: str) -> set[str]:
    """The secrets of an address, and the parts of a password that stands where a program takes it for something else."""
    logins = [m[0][len(m[1]) + 1 : -1] for m in _LOGIN.finditer(address) if _is_login(m)] + [
        m[0][len(m[1]) : -1] for m in _TOKEN.finditer(address)
    ]
    values = [m[3] for m in _VALUE.finditer(address) if _SECRET.fullmatch(unquote(m[2]))]
    return {*logins, *values, *(part for login in logins for part in re.split(r"[/?#@]", login))}


def is_whole(address: str) -> bool:
    """Whether an address that was kept leads to the document by itself."""
    return HIDDEN not in address or not _ADDRESS.search(address)  # a file may bear any name
