"""What breaks into the count: a choice among few words, so less is enough than elsewhere.

A lone "pause" from across the room is written as "of course" by whoever expects a conversation. Whisper is asked once
more with a hint of what stops, pauses or ends a set. It may then write such a word where nobody said one; so it must
write the same one again and again, and find it likely without that hint.
"""

from collections import defaultdict

from skill.speaker.hearing.opinions import Case, Guess
from skill.speaker.understanding.understand import WITHOUT_FILLERS, by_its_words


def into_the_count(case: Case) -> Guess | None:
    """The interruption that most guesses are, and the first of them is."""
    needed, found = case.by.interruption, defaultdict[str, list[Guess]](list)
    guesses = [(text, by_its_words(text, case.opinions.locale)) for text in case.opinions.interruption()]
    for text, heard in guesses:
        if heard.intent in needed.intents and heard.score >= WITHOUT_FILLERS:
            found[heard.intent].append((text, heard))
    alike = found[guesses[0][1].intent] if guesses else []
    if len(alike) < needed.guesses or case.opinions.likelihood(alike[0][0]) < needed.likely:
        return None
    return alike[0]
