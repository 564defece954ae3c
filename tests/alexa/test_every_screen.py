"""Every screen at every size, drawn by Amazon's own renderer."""

import pytest

from skill.coach.messages.reply import Line, Reply
from tests.alexa.draw_screens import SCREENS, jobs, rendered
from tests.parts import need, need_clients

pytestmark = pytest.mark.long
NO_NETWORK = "ERR_NAME_NOT_RESOLVED"
"""The viewhost asks for fonts of Amazon's, which are not to be had here."""

MORE = Line("fresh_set_more", {"side": "left", "reps": 14, "band": "red", "difference": 2})
LONG = {
    "long": (Reply((Line("on_hold"),) * 6, Line("has_it_gone")), 100),
    "long_beside_bars": (Reply((MORE,) * 3), 100),
}
"""More words than the coach says at once."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_every_screen_is_drawn_at_every_size_and_no_word_is_cut(locale, tmp_path):
    need("chromium")
    need_clients()
    wanted = jobs(locale, tmp_path, SCREENS | LONG)
    for job, shown in zip(wanted, rendered(wanted), strict=True):
        assert [each for each in shown["wrong"] if NO_NETWORK not in each] == [], job["png"]
        for each in shown["shown"]:
            assert each["texts"], job["png"]
            assert each["cut"] == [], job["png"]
