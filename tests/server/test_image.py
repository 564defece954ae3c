"""The image's own steps, run in a fresh Debian: what stands in the Containerfile, without a container engine."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from tests.once import once
from tests.parts import missing, need

ROOT = Path(__file__).parents[2]
SUITE = "bookworm"
PORT = 8973
STEPS = "server/image.sh"
TAKEN = ("skill", "rules", "interaction_models", "tools", "server", "pyproject.toml", "README.md", "LICENSE")
PIP = (
    "/etc/pip.conf",
    "/root/.config/pip/pip.conf",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/resolv.conf",
)


def _debian(root: Path) -> None:
    """A Debian of which nothing is installed but its smallest part, with the source in /src."""
    made = subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates", SUITE, root],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    for name in TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / "src" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, root / "src" / name)
    for name in PIP:  # this machine's way to the package index
        if Path(name).exists():
            (root / name[1:]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(name, root / name[1:])


def inside(root: Path, *command: str, user: str = "root") -> str:
    """Run a command in the root and return what it said; its faults fail the test."""
    kept = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "REQUESTS_"))
    }
    own = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    where = ["chroot", f"--userspec={user}", str(root)]
    done = subprocess.run([*where, *command], env=kept | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stderr or done.stdout)[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Debian with the coach, as the Containerfile's steps make it; the compiler stays in the builder's stage."""
    need("mmdebstrap")
    if os.getuid() != 0:
        missing("root", "a Debian of one's own is made and entered by root")
    return once(tmp_path_factory, "image", _image) / "root"


def _image(folder: Path) -> None:
    root = folder / "root"
    _debian(root)
    inside(root, f"/src/{STEPS}", "wheel", "/src", "/wheels")
    (wheel,) = (root / "wheels").glob("*.whl")
    inside(root, f"/src/{STEPS}", "install", f"/wheels/{wheel.name}")
    shutil.rmtree(root / "src")


@pytest.mark.long
def test_the_coach_of_the_image_is_well_and_runs_as_nobody_special(image):
    said = inside(image, "glute-coach", "doctor", "--db", "/data/coach.db", user="coach")
    assert said.endswith("Nothing is wrong.\n")
    assert inside(image, "id", "-u", user="coach") == "10001\n"
    state = (image / "data").stat()
    assert (state.st_uid, state.st_mode & 0o777) == (10001, 0o700)


@pytest.mark.long
def test_the_image_serves_and_its_health_check_says_so(image):
    health = re.search(r'HEALTHCHECK .* CMD \["(.*?)", "-c", "(.*)"\]', (ROOT / "Containerfile").read_text())
    assert health is not None
    command = ["glute-coach", "serve", "--db", "/data/coach.db", "--port", str(PORT)]
    said = image / "data" / "said"
    with said.open("w") as out:
        served = subprocess.Popen(["chroot", "--userspec=coach", str(image), *command], stdout=out)
    try:
        while str(PORT) not in said.read_text():
            assert served.poll() is None
            time.sleep(0.1)
        inside(image, health[1], "-c", health[2].replace("8080", str(PORT)), user="coach")
        assert (image / "data" / "coach.db").stat().st_uid == 10001
    finally:
        served.terminate()
        served.wait(20)


@pytest.mark.long
def test_the_base_image_brings_no_more_than_alexas_endpoint_needs(image):
    size_mb = sum(each.stat().st_size for each in (image / "opt/coach").rglob("*") if each.is_file()) / 1e6
    assert size_mb < 110, f"{size_mb:.0f} MB"
    assert not list((image / "opt/coach").rglob("numpy"))


def test_the_containerfile_has_no_step_but_those_of_the_script():
    steps = [line for line in (ROOT / "Containerfile").read_text().splitlines() if line.startswith("RUN")]
    assert len(steps) == 2
    assert all("image.sh" in each for each in steps)
    lines = (ROOT / "Containerfile").read_text().splitlines()
    assert lines.index("USER coach") > max(nth for nth, line in enumerate(lines) if line.startswith("RUN"))
    assert "VOLUME /data" in lines


def test_both_ways_to_run_it_keep_the_records_in_a_volume_and_give_no_rights():
    described = yaml.safe_load((ROOT / "compose.yaml").read_text())
    ours = {name: each for name, each in described["services"].items() if "build" in each}
    assert {each["profiles"][0] for each in ours.values()} == {"home", "public"}
    for each in ours.values():
        assert "records:/data" in each["volumes"]
        assert each["read_only"]
        assert each["cap_drop"] == ["ALL"]
        assert "ports" not in each
    assert (
        described["services"]["caddy"]["networks"]["inside"]["ipv4_address"]
        == (ours["coach"]["environment"]["GLUTE_COACH_PROXIES"])
    )


@pytest.mark.parametrize("unit", sorted((ROOT / "server").glob("*.service")), ids=lambda unit: unit.name)
def test_systemd_takes_each_unit(unit, tmp_path):
    need("systemd-analyze")
    text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", unit.read_text(), flags=re.M)
    (tmp_path / unit.name).write_text(re.sub(r"^User=\S+", "User=root", text, flags=re.M))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.name in line]) == (0, [])
