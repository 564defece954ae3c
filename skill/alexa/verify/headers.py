"""The two headers that carry Alexa's signature."""

from collections.abc import Iterable, Mapping

from skill.alexa.verify.refused import Code, Refused

CERTIFICATE_HEADER = "signaturecertchainurl"
SIGNATURE_HEADER = "signature-256"

# A certificate address takes about 60 characters, the signature of a 4096-bit key 684.
LONGEST_HEADER = 1024

Headers = Mapping[str, str] | Iterable[tuple[str, str]]


def pick(headers: Headers) -> tuple[str, str]:
    """The certificate's address and the signature, as sent; the names of headers stand in any case.

    Pairs keep a header that was sent twice visible. Behind WSGI two headers of one name arrive joined by a comma,
    which neither an address nor base64 may hold.

    Raises Refused: a header is missing, stands twice or is absurdly long.
    """
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    found: dict[str, str] = {}
    for name, value in pairs:
        lower = name.lower()
        if lower not in (CERTIFICATE_HEADER, SIGNATURE_HEADER):
            continue
        if lower in found:
            raise Refused(Code.HEADER_TWICE, lower)
        if len(value) > LONGEST_HEADER:
            raise Refused(Code.HEADER_LENGTH, lower)
        found[lower] = value
    for wanted in (CERTIFICATE_HEADER, SIGNATURE_HEADER):
        if not found.get(wanted):
            raise Refused(Code.HEADER_MISSING, wanted)
    return found[CERTIFICATE_HEADER], found[SIGNATURE_HEADER]
