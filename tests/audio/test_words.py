"""The memory of words: each said once, damage and locked folders cost time only."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from skill.audio import words as words_module
from skill.audio.words import Words, default_folder
from tests.audio.beeps import Beeps


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_word_is_synthesised_once_and_is_the_same_from_the_disk(tmp_path):
    voice = Beeps()
    first = Words(voice, tmp_path).word("lift")
    again = Words(voice, tmp_path).word("lift")
    assert voice.said == [("lift", 100)]
    assert again.beat == first.beat
    assert np.array_equal(again.samples, first.samples)


def test_another_rate_or_voice_is_another_word(tmp_path):
    voice, other = Beeps(), Beeps()
    other.identity = "beeps 2"
    Words(voice, tmp_path).word("lift")
    Words(voice, tmp_path).word("lift", 150)
    Words(other, tmp_path).word("lift")
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_a_damaged_word_is_made_again(tmp_path, damage):
    voice = Beeps()
    whole = Words(voice, tmp_path).word("lift")
    path = only_file(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:-3] + b"xyz" if damage is None else damage)
    mended = Words(voice, tmp_path).word("lift")
    assert np.array_equal(mended.samples, whole.samples)
    assert path.read_bytes() == data


def test_a_folder_that_cannot_be_written_is_told_once_and_words_stay_in_memory(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    told: list[str] = []
    voice = Beeps()
    kept = Words(voice, blocked / "words", told.append)
    for text in ("lift", "hold", "lift"):
        assert len(kept.word(text).samples)
    assert len(told) == 1
    assert "cannot be kept" in told[0]
    assert len(voice.said) == 2


def test_a_full_disk_leaves_no_half_word_behind(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(words_module.os, "replace", full)
    told: list[str] = []
    Words(Beeps(), tmp_path, told.append).word("lift")
    assert list(tmp_path.iterdir()) == []
    assert "No space left" in told[0]


def test_many_at_once_never_read_half_a_word(tmp_path):
    expected = Words(Beeps(), None).word("lift").samples
    heard = []
    threads = [
        threading.Thread(target=lambda: heard.append(Words(Beeps(), tmp_path).word("lift")))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 16
    assert all(np.array_equal(each.samples, expected) for each in heard)


def test_thousands_of_old_words_are_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr(words_module, "MOST_FILES", 5)
    monkeypatch.setattr(words_module, "SPARED_FILES", 2)
    kept = Words(Beeps(), tmp_path)
    for number in range(6):
        kept.word(f"word {number}")
    Words(Beeps(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_the_default_folder_follows_the_xdg_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "glute-coach" / "words"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_folder().is_absolute()


def test_a_word_that_many_want_at_once_is_made_once():
    class Slow(Beeps):
        def say(self, text, percent):
            is_wanted.wait(timeout=1)
            return super().say(text, percent)

    is_wanted, voice = threading.Event(), Slow()
    shared = Words(voice, None)
    with ThreadPoolExecutor(4) as threads:
        wanted = [threads.submit(shared.word, "lift") for _ in range(4)]
        is_wanted.set()
        assert len({id(each.result()) for each in wanted}) == 1
    assert voice.said == [("lift", 100)]
