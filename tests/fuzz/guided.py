"""Fuzzing led by coverage: `python -m tests.fuzz.guided --seconds 600`. Needs atheris, so Python 3.11 or 3.12.

libFuzzer turns bytes in the corpus and keeps what reaches new places of the skill. Afterwards tests/fuzz/keep.py
puts the few of them that reach as far into tests/fuzz/corpus, which the everyday tests replay.
"""

import argparse
import logging
import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["skill", "rules"], enable_loader_override=False):
    from tests.fuzz.endpoint import CORPUS, Endpoint

from tests.fuzz import grammar

NAMES = ["request", "type", "IntentRequest", "slots", "value", "resolutionsPerAuthority", "userId"]


def dictionary(folder: Path) -> Path:
    """What libFuzzer may put in as a piece: names of the protocol, intents, slots."""
    file = folder / "glute-coach-words.dict"
    file.write_text("".join(f'"\\"{name}\\""\n' for name in [*NAMES, *grammar.INTENTS, *grammar.SLOTS]))
    return file


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--found", type=Path, default=Path(tempfile.gettempdir()) / "glute-coach-fuzz")
    chosen = options.parse_args()
    chosen.found.mkdir(exist_ok=True)
    logging.getLogger("skill.front.admission").setLevel(logging.ERROR)
    endpoint = Endpoint()
    random = Random(1)
    for n in range(200):
        (chosen.found / f"made-{n}.json").write_bytes(grammar.body(random))

    def one(raw: bytes) -> None:
        if endpoint.trainee.user.encode() not in raw:
            endpoint.local_answer_holds(raw)
        if endpoint.asked % 1000 < 2:
            endpoint.record_is_untouched()
            endpoint.forget_strangers()

    bounds = [f"-max_total_time={chosen.seconds}", "-max_len=4096", "-timeout=20"]
    words = f"-dict={dictionary(chosen.found.parent)}"
    atheris.Setup([sys.argv[0], *bounds, words, str(chosen.found), str(CORPUS)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
