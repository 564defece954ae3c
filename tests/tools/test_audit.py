"""Nothing secret is committed, and nothing under a GPL is needed to run the skill."""

import pytest

from tools.licences import closure, licence, needs_gpl, npm, wanted
from tools.secrets import found_in, found_in_tree


def test_no_secret_is_committed() -> None:
    assert found_in_tree() == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "-----BEGIN " + "PRIVATE KEY-----",
        "key = 'AKIA" + "ABCDEFGHIJKLMNOP'",
        "token: ghp_" + "a" * 36,
        "postgresql://" + "coach:hunter2hunter2@db.example/coach",
        "password = " + "'correct-horse-battery'",
        "amzn1.ask.account." + "A" * 150,
    ],
)
def test_a_secret_would_be_found(text: str) -> None:
    assert [line for line, _ in found_in(f"first line\n{text}\n")] == [2]


@pytest.mark.parametrize(
    "text", ["password = get()", "-----BEGIN CERTIFICATE-----", "amzn1.ask.account.A", "https://a.example/x"]
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert list(found_in(text)) == []


def test_all_that_runs_the_skill_says_its_licence_and_none_of_it_is_a_gpl() -> None:
    said = {one.name: licence(one) for one in closure(wanted()["runtime"])}
    assert {"flask", "cryptography", "certifi"} <= {name.lower() for name in said}
    assert [name for name, words in said.items() if words == "unknown"] == []
    assert [name for name, words in said.items() if needs_gpl(words)] == []


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("MIT OR GPL-2.0", False),
    ],
)
def test_a_licence_that_leaves_no_choice_but_a_gpl_is_told_from_others(said: str, needs: bool) -> None:
    assert needs_gpl(said) is needs


def test_the_node_clients_say_their_licences() -> None:
    assert [name for name, _, said in npm() if said == "unknown" or needs_gpl(said)] == []
