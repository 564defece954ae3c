"""What a browser is told about every answer: what it may load, who may frame it, that it is what it says.

A page that needs more says so in a header of its own, which stands.
"""

_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

SECURITY = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def with_security(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """An answer's headers and those of the above that it does not have."""
    have = {name.lower() for name, _ in headers}
    return headers + [(name, value) for name, value in SECURITY.items() if name.lower() not in have]
