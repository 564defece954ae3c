"""A session belongs to whoever began it, though a voice may not be recognised for a turn."""

from tests.trainee import Trainee

PERSON = "amzn1.ask.person.ANNA"


def spoken_by(trainee, person):
    """From now on Alexa recognises this person, or nobody, in each request of the trainee's device."""
    send = trainee._send

    def with_person(envelope):
        system = envelope["context"]["System"]
        system.pop("person", None)
        if person:
            system["person"] = {"personId": person}
        return send(envelope)

    trainee._send = with_person
    return lambda: setattr(trainee, "_send", send)


def test_a_turn_in_which_the_voice_is_not_recognised_stays_with_the_person(app):
    anna = Trainee(app)
    undo = spoken_by(anna, PERSON)
    anna.say("start glute workout")
    anna.say("yellow red and green")
    undo()
    spoken_by(anna, None)
    anna.say("ready")
    assert app.states.read(PERSON)[0].workout.counting is not None
    assert app.states.read(anna.user)[0] is None


def test_pain_told_by_a_voice_that_is_not_recognised_is_the_persons(app):
    anna = Trainee(app)
    undo = spoken_by(anna, PERSON)
    for said in ("start glute workout", "yellow red and green", "ready"):
        anna.say(said)
    undo()
    spoken_by(anna, None)
    anna.say_at("my knee hurts", 5, 1, exact=True)
    assert app.states.read(PERSON)[0].pain is not None


def test_the_next_session_is_that_of_whoever_speaks_then(app):
    anna = Trainee(app)
    undo = spoken_by(anna, PERSON)
    anna.say("start glute workout")
    anna.say("stop")
    undo()
    spoken_by(anna, None)
    anna.say("start glute workout")
    assert app.states.read(anna.user)[0] is not None
