"""Cold start: from nothing to the first answer, under AWS's emulator, ours beside the bare SDK's."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from math import nan
from pathlib import Path

from bench.turns.workouts import SKILL, Trainee
from tests.on_lambda.emulator import ROOT, Function

CPU = """
import resource, sys, json
from {module} import lambda_handler
lambda_handler(json.loads(sys.argv[1]), None)
spent = resource.getrusage(resource.RUSAGE_SELF)
print(spent.ru_utime + spent.ru_stime, file=sys.stderr)
"""


def unpacked(folder: Path) -> Path:
    """The packaged coach, and beside it hello world's handler, so that both have the same compiled SDK."""
    subprocess.run(
        [sys.executable, ROOT / "lambda" / "package.py", "--out", folder], check=True, capture_output=True
    )
    task = folder / "task"
    with zipfile.ZipFile(folder / "lambda.zip") as archive:
        archive.extractall(task)
    shutil.copyfile(Path(__file__).with_name("hello.py"), task / "hello.py")
    subprocess.run([sys.executable, "-m", "compileall", "-q", task / "hello.py"], check=True)
    return task


def first_answer_s(task: Path, handler: str, environment: dict[str, str]) -> float:
    """Seconds from the first request, which starts the runtime, to its answer."""
    function = Function(task, environment, handler)
    try:
        began = time.perf_counter()
        function.invoke(Trainee("anna").says("LaunchRequest"))
        return time.perf_counter() - began
    finally:
        function.close()


def cpu_s(task: Path, module: str, environment: dict[str, str]) -> float:
    """CPU seconds of a fresh process from its start to the first answer, without emulator or runtime client."""
    return float(told_by_process(task, module, environment).split()[-1])


def instructions(task: Path, module: str, environment: dict[str, str]) -> float:
    """Instructions of the same process, which do not depend on other work; nan without valgrind, which counts."""
    if not shutil.which("valgrind"):
        return nan
    counting = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    told = told_by_process(task, module, environment | {"PYTHONHASHSEED": "0"}, *counting)
    return float(re.findall(r"refs:\s+([\d,]+)", told)[-1].replace(",", ""))


def told_by_process(task: Path, module: str, environment: dict[str, str], *before: str) -> str:
    """What a fresh process, from its start to the first answer, tells of itself."""
    event = json.dumps(Trainee("anna").says("LaunchRequest"))
    code = CPU.format(module=module)
    command = [*before, sys.executable, "-S", "-c", code, event]
    done = subprocess.run(
        command,
        cwd=task,
        env=environment | {"PYTHONPATH": str(task)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


def measured(rounds: int) -> dict[str, tuple[float, float, float]]:
    """For `hello` and `coach`, best of several rounds in turn: emulator's wall and CPU in s; instructions."""
    with tempfile.TemporaryDirectory() as name:
        task = unpacked(Path(name))
        environment = {
            "GLUTE_COACH_STORE": f"{name}/coach.db",
            "GLUTE_COACH_SKILL_IDS": SKILL,
            "GLUTE_COACH_LOG_SECRET": "secret",
        }
        modules = {"hello": "hello", "coach": "lambda_function"}
        walls: dict[str, list[float]] = {each: [] for each in modules}
        cpus: dict[str, list[float]] = {each: [] for each in modules}
        for _ in range(rounds):
            for each, module in modules.items():
                walls[each].append(first_answer_s(task, f"{module}.lambda_handler", environment))
                cpus[each].append(cpu_s(task, module, environment))
        return {
            each: (min(walls[each]), min(cpus[each]), instructions(task, module, environment))
            for each, module in modules.items()
        }
