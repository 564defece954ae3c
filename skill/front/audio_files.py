"""The finished counts as files: anybody may fetch one, and only this deployment can have made its address."""

import io
import logging
from typing import Final

from flask import Blueprint, Response, abort, send_file

from skill.audio.address import PREFIX, BadAddress
from skill.audio.served_files import Jukebox

LOG: Final = logging.getLogger(__name__)
YEAR_S: Final = 31_536_000


def audio_files(jukebox: Jukebox) -> Blueprint:
    """The view below `/audio/`: MP3 files that never change, whole or in ranges."""
    files = Blueprint("audio", __name__)

    @files.get(f"{PREFIX}<name>")
    def file(name: str) -> Response:
        try:
            sound = jukebox.file(name)
        except BadAddress as fault:
            LOG.info("An audio address was refused: %s", fault)
            abort(404)
        answer = send_file(
            io.BytesIO(sound), "audio/mpeg", conditional=True, etag=jukebox.tag(name), max_age=YEAR_S
        )
        answer.cache_control.public = True
        answer.cache_control.immutable = True
        return answer

    return files
