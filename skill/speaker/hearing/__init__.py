"""Hearing without a cloud: audio in, the intents and slots that Alexa would send out.

    microphone ── endpoint (voice activity) ── recognise ── agree ── listen ── what the coach is told
                                                │  │
                               sphinx (grammar) ┘  └ whisper (English)

`ears` opens them for a microphone. They need the `hearing` extra; nothing else of the speaker does.
"""

from skill.speaker.hearing.ready import ears, recogniser

__all__ = ["ears", "recogniser"]
