"""Cold start: from nothing to the first answer, under AWS's emulator, ours beside the bare SDK's."""

import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
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
    import json

    event = json.dumps(Trainee("anna").says("LaunchRequest"))
    code = CPU.format(module=module)
    command = [sys.executable, "-S", "-c", code, event]
    done = subprocess.run(
        command,
        cwd=task,
        env=environment | {"PYTHONPATH": str(task)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stderr.split()[-1])


def measured(rounds: int) -> dict[str, tuple[float, float]]:
    """The best of several rounds, alternately: (emulator's wall, process's CPU) in s for `hello` and `coach`."""
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
        return {each: (min(walls[each]), min(cpus[each])) for each in modules}
