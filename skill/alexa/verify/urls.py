"""Which certificate addresses are Amazon's: https, one host, one folder."""

import re

from skill.alexa.verify.refused import Code, Refused

HOST = "s3.amazonaws.com"
FOLDER = "/echo.api/"

# Everything a genuine address needs and nothing that two programs may read in two ways: no user name, no
# percent sign, no backslash, no query, no blank, nothing outside ASCII. A fragment is allowed, as Amazon's
# rules strip it.
_FORM = re.compile(r"([A-Za-z]+)://([A-Za-z0-9.-]+)(?::(443))?(/[A-Za-z0-9._~/-]*)(?:#[A-Za-z0-9._~/-]*)?")


def path_of(url: str) -> str:
    """The normalised path of a certificate address, which is all that is ever fetched from a constant host.

    Scheme and host are compared without regard to case, the path with it, after dot segments and doubled
    slashes are taken out, as Amazon asks.

    Raises Refused: the address is not https, not on Amazon's host and port, or not in Amazon's folder.
    """
    match = _FORM.fullmatch(url)
    if match is None:
        raise Refused(Code.URL_FORM, url)
    scheme, host, _, path = match.groups()
    if scheme.lower() != "https":
        raise Refused(Code.URL_SCHEME, scheme)
    if host.lower() != HOST:
        raise Refused(Code.URL_HOST, host)
    normal = _without_dots(path)
    if not normal.startswith(FOLDER) or normal.endswith("/"):
        raise Refused(Code.URL_PATH, path)
    return normal


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if path.endswith(("/", "/.", "/..")) else "")
