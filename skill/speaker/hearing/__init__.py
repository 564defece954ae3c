"""Hearing without a cloud: audio in, the intents and slots that Alexa would send out.

    microphone ── endpoint (voice activity) ── recognise ── agree ── listen ── what the coach is told
                                                │  │
                               sphinx (grammar) ┘  └ whisper and, where installed, moonshine (English)

`ears` opens them for a microphone; `LoadingEars` does so without holding up a start. They need the `hearing` extra;
nothing else of the speaker does.
"""

from skill.speaker.hearing.open_ears import LoadingEars, ears, recogniser

__all__ = ["LoadingEars", "ears", "recogniser"]
