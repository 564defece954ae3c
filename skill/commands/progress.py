"""What a command says of its own work, on standard error: a sentence, or a bar where somebody watches."""

import sys
from typing import Final

BAR: Final = 30


def tell(sentence: str) -> None:
    """Say a sentence."""
    print(f"glute-coach: {sentence}", file=sys.stderr)


def show(done: int, of: int, what: str) -> None:
    """Draw how far it is, over what was drawn before; nothing where nobody watches."""
    if sys.stderr.isatty():
        bar, end = "#" * (BAR * done // of), "\n" if done >= of else ""
        print(f"\r[{bar:.<{BAR}}] {done}/{of} {what}", end=end, file=sys.stderr, flush=True)
