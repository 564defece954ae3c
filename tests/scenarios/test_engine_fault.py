"""A fault of the rules engine in mid-turn costs that turn an apology and nothing of the record."""

import logging


def test_the_set_that_the_fault_interrupted_can_be_said_again(app, anna, monkeypatch, caplog):
    anna.say("start glute workout")
    anna.say("yellow red and green")
    anna.say("ready")
    before = anna.state

    def post(name, fact):
        raise MemoryError("1024 sids")

    monkeypatch.setattr(app.engine._host, "post", post)
    app.engine._memo.clear()
    with caplog.at_level(logging.ERROR):
        heard = anna.say("i did thirteen", after=100)
    assert "sorry" in heard.lower()
    assert anna.is_listening
    assert anna.state == before
    assert len([record for record in caplog.records if record.name == "rules.engine"]) == 1
    assert "thirteen, left leg" in anna.say("i did thirteen", after=5).lower()
    assert [each["reps"] for each in anna.state["workout"]["sets"]] == [13]
