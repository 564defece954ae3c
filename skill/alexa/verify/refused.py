"""The one way in which a request is turned away."""

from enum import StrEnum


class Code(StrEnum):
    """Why a request was refused; permanent words, for logs, tests and docs/SECURITY.md."""

    HEADER_MISSING = "header-missing"
    HEADER_TWICE = "header-twice"
    HEADER_LENGTH = "header-length"
    URL_FORM = "url-form"
    URL_SCHEME = "url-scheme"
    URL_HOST = "url-host"
    URL_PATH = "url-path"
    FETCH_BUSY = "fetch-busy"
    FETCH_WITHHELD = "fetch-withheld"
    FETCH_FAILED = "fetch-failed"
    FETCH_STATUS = "fetch-status"
    FETCH_SIZE = "fetch-size"
    FETCH_SLOW = "fetch-slow"
    CHAIN_FORM = "chain-form"
    CHAIN_UNTRUSTED = "chain-untrusted"
    CHAIN_NAME = "chain-name"
    CHAIN_KEY = "chain-key"
    SIGNATURE_FORM = "signature-form"
    SIGNATURE_WRONG = "signature-wrong"
    BODY_SIZE = "body-size"
    BODY_TEXT = "body-text"
    BODY_JSON = "body-json"
    BODY_DEPTH = "body-depth"
    BODY_NUMBER = "body-number"
    BODY_SHAPE = "body-shape"
    TIMESTAMP_FORM = "timestamp-form"
    STALE = "stale"
    FUTURE = "future"
    APPLICATION = "application"
    REPLAY = "replay"
    PATH = "path"
    METHOD = "method"
    CONTENT_TYPE = "content-type"
    LENGTH_MISSING = "length-missing"
    CUT_SHORT = "cut-short"
    NOT_LOCAL = "not-local"


class Refused(Exception):
    """A request that is not let in.

    Attributes:
        code: the reason, one of `Code`.
        detail: a few words for the log; never sent to whoever asked, and never longer than 120 characters.
    """

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = ascii(detail[:120])[1:-1][:120]

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else str(self.code)
