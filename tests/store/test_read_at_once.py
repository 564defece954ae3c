"""The first documents that a new process reads, many at the same instant."""

import subprocess
import sys

from skill.app import Settings, build
from skill.store.document import to_text
from tests.trainee import Trainee

NEW_PROCESS = """
import sys, threading
from skill.coach.state import State
from skill.store.document import from_text
text, gate = sys.stdin.buffer.read(), threading.Barrier(32)
sys.setswitchinterval(1e-6)
def read():
    gate.wait()
    from_text(State, text)
readers = [threading.Thread(target=read) for _ in range(32)]
for reader in readers: reader.start()
for reader in readers: reader.join()
"""


def test_threads_that_read_the_first_documents_of_a_process_together_do_not_end_it(tmp_path):
    app = build(Settings(store=str(tmp_path / "coach.db")))
    anna = Trainee(app)
    for words in ("start glute workout", "yellow, red and green", "ready"):
        anna.say(words)
    anna.say_at("I'm done", 12, 2)
    text = to_text(app.state(anna.user))
    app.store.close()
    ends = [subprocess.run([sys.executable, "-c", NEW_PROCESS], input=text).returncode for _ in range(6)]
    assert ends == [0] * 6
