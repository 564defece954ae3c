"""`glute-coach simulate`: a table, JSON, a page, and refusals that name what there is."""

import json

import pytest

from skill.cli import main

SMALL = ["simulate", "--trainees", "4", "--processes", "1", "--set", "workouts=12"]


def test_two_policies_are_compared_in_one_table(capsys):
    assert main([*SMALL, "--policy", "literal", "--policy", "ours"]) == 0
    told = capsys.readouterr().out
    rows = [line.split()[0] for line in told.splitlines()[2:4]]
    assert rows == ["literal", "ours"]
    assert "changes undone within 3 workouts" in told


def test_a_sweep_gives_one_result_for_each_crowd_as_json(capsys):
    assert main([*SMALL, "--json", "--sweep", "force_error=0,0.25"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["label"] for each in found] == ["force_error 0", "force_error 0.25"]
    assert {"mean", "within", "p90"} == set(found[0]["figures"]["share"])


def test_a_crowd_may_stand_in_a_file_and_the_command_line_stands_above_it(tmp_path, capsys):
    crowd = tmp_path / "crowd.yaml"
    crowd.write_text("set: {force_error: 0.25, rest_s: 90}\nsweep: {misheard: [0, 0.1]}\n")
    assert main([*SMALL, "--json", "--crowd", str(crowd), "--set", "rest_s=120"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["parameters"]["rest_s"], each["parameters"]["misheard"]) for each in found] == [
        (120, 0),
        (120, 0.1),
    ]
    assert found[0]["parameters"]["force_error"] == 0.25


def test_a_rulebook_of_ones_own_is_a_policy(tmp_path, capsys):
    stubborn = tmp_path / "stubborn.yaml"
    stubborn.write_text(
        'topic: "bands"\nrules:\n'
        '  - {id: "STUBBORN-01", title: "Begin", source: ["SRC-90"], when: {moment: {is: "first_workout"}}, '
        'then: {advise: "start_middle"}}\n'
        '  - {id: "STUBBORN-02", title: "Stay", source: ["SRC-90"], when: {}, then: {advise: "same_band"}}\n'
    )
    assert main([*SMALL, "--json", "--policy", str(stubborn)]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["policy"] == "stubborn"
    assert found["figures"]["changes"]["mean"] == 0


def test_the_figures_of_a_crowd_can_be_asked_for(capsys):
    assert main(["simulate", "--set", "help"]) == 0
    assert "force_error = 0.0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--policy", "psychic"], "there are: ours, literal"),
        (["--set", "luck=7"], "no figure is called 'luck'"),
        (["--set", "rest_s"], "write FIGURE=VALUE"),
    ],
)
def test_what_there_is_not_is_refused_by_name(arguments, says, capsys):
    assert main([*SMALL, *arguments]) == 1
    assert says in capsys.readouterr().err


def test_no_trainees_are_no_crowd(capsys):
    with pytest.raises(SystemExit):
        main(["simulate", "--trainees", "0"])
    assert "at least 1" in capsys.readouterr().err


def test_a_crowd_that_is_nowhere_is_named(capsys):
    assert main([*SMALL, "--crowd", "nowhere.yaml"]) == 1
    assert "nowhere.yaml: no such file" in capsys.readouterr().err
