"""Two verifiers that know nothing of each other judge every case; where they part, data says why."""

from collections import Counter

from skill.alexa.verify import Code
from tests.alexa.verify.differences import Verdicts, stale, unexplained
from tests.alexa.verify.host import CertificateHost
from tests.alexa.verify.table import LET_IN, Table


def test_the_table_has_more_than_two_hundred_cases_good_and_bad(table: Table) -> None:
    names = Counter(case.name for case in table.cases)
    assert len(table.cases) >= 200
    assert names.most_common(1)[0][1] == 1, names.most_common(3)
    assert sum(case.expected == LET_IN for case in table.cases) >= 40
    assert {case.expected for case in table.cases} - {LET_IN} <= set(Code)


def test_our_verifier_gives_every_case_its_verdict_and_its_code(table: Table, ours: Verdicts) -> None:
    wrong = {
        case.name: (case.expected, ours[case.name])
        for case in table.cases
        if ours[case.name] != case.expected
    }
    assert wrong == {}


def test_alexa_verifier_agrees_on_every_case_or_data_says_why_not(ours: Verdicts, theirs: Verdicts) -> None:
    assert unexplained("alexa-verifier", ours, theirs) == {}


def test_every_difference_from_alexa_verifier_that_data_explains_is_one(
    ours: Verdicts, theirs: Verdicts
) -> None:
    assert stale("alexa-verifier", ours, theirs) == []


def test_no_case_makes_us_ask_any_host_but_the_one(ours: Verdicts, host: CertificateHost) -> None:
    paths = [path for name, path in host.asked if name == "localhost"]
    assert paths, "nothing was fetched at all"
    assert all(path.startswith("/echo.api/") and ".." not in path for path in paths)
