"""`glute-coach serve`, as far as it goes without serving."""

import pytest

from skill.cli import main


@pytest.mark.parametrize("port", ["65536", "99999", "-1"])
def test_a_number_that_is_no_port_is_refused_and_not_taken_for_another(port, capsys):
    with pytest.raises(SystemExit):
        main(["serve", "--port", port])
    assert f"{port} is no port" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "coach.example.org", ""])
def test_an_address_that_others_reach_is_refused_without_a_skill_to_verify_for(host, capsys):
    assert main(["serve", "--host", host]) == 1
    assert "requests are not verified" in capsys.readouterr().err
