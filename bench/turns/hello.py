"""The bare SDK's hello world, which everything is measured beside: as a Lambda handler, and behind Flask."""

import json
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import RequestEnvelope


def _builder() -> SkillBuilder:
    builder = SkillBuilder()

    @builder.request_handler(can_handle_func=lambda _: True)
    def hello(handler_input: Any) -> Any:
        return handler_input.response_builder.speak("Hello World").response

    return builder


lambda_handler = _builder().lambda_handler()


def create_app() -> Any:
    """The same skill as a Flask application, done as the SDK's guide does it."""
    from flask import Flask, Response, request

    app = Flask("hello")
    skill, serializer = _builder().create(), DefaultSerializer()

    @app.post("/alexa")
    def alexa() -> Response:
        envelope = serializer.deserialize(request.get_data(as_text=True), RequestEnvelope)
        answer = serializer.serialize(skill.invoke(envelope, None))
        return Response(json.dumps(answer), mimetype="application/json")

    return app
