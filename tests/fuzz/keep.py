"""Keeps the few inputs, of what a guided run found, that reach as far: `python -m tests.fuzz.keep FOLDER`."""

import hashlib
import logging
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tests.front.serving import TREE
from tests.fuzz.endpoint import CORPUS, Endpoint

LARGEST = 2000
WATCHED = (str(TREE / "skill"), str(TREE / "rules"))


def lines_of(endpoint: Endpoint, raw: bytes) -> set[tuple[str, int]]:
    """The lines of the skill that answering one input runs through."""
    reached: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(WATCHED):
            return None
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        endpoint.local_answer_holds(raw)
    finally:
        sys.settrace(None)
    return reached


def main(found: Path) -> None:
    logging.getLogger("skill.front.admission").setLevel(logging.ERROR)
    endpoint, reached = Endpoint(), set[tuple[str, int]]()
    for file in sorted(CORPUS.iterdir()):
        reached |= lines_of(endpoint, file.read_bytes())
    candidates = sorted(
        (file.stat().st_size, file) for file in found.iterdir() if file.stat().st_size <= LARGEST
    )
    for _, file in candidates:
        raw = file.read_bytes()
        new = lines_of(endpoint, raw) - reached
        if new:
            reached |= new
            (CORPUS / f"{hashlib.sha256(raw).hexdigest()[:12]}.json").write_bytes(raw)
    print(f"{len(list(CORPUS.iterdir()))} inputs reach {len(reached)} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
