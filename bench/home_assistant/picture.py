"""Anna's cards in a real Home Assistant: `python -m bench.home_assistant.picture FILE` draws those of the document."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.home_assistant.house import House
from tests.parts import CLIENTS


def main(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        try:
            house.say("start glute workout", "red and green")
            house.home.end_onboarding()
            device = house.pipelines.devices["Glute coach Anna"]
            words = [house.home.address, house.home.login, device, str(file.resolve())]
            subprocess.run(["node", "assistant_picture.mjs", *words], cwd=CLIENTS, check=True, timeout=180)
        finally:
            house.close()


main(Path(sys.argv[1]))
