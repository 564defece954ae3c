"""The SDK without the clients of Alexa's other services (lists, reminders, purchases), which no coach calls.

They are two fifths of what importing the SDK costs a cold start, and all hang on one name. Whoever should want
them after all gets them: the stand-in is replaced by the SDK's own with the first that is made.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

FACTORY: Final = "ask_sdk_model.services.service_client_factory"


class ServiceClientFactory:
    """Stands for the SDK's class of this name until one is made."""

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        """One of the SDK's own."""
        if isinstance(sys.modules.get(FACTORY), _StandIn):
            del sys.modules[FACTORY]
        return import_module(FACTORY).ServiceClientFactory(*arguments, **named)


class _StandIn(ModuleType):
    ServiceClientFactory = ServiceClientFactory


def without_services() -> None:
    """To be called before the SDK is imported; afterwards it changes nothing."""
    sys.modules.setdefault(FACTORY, _StandIn(FACTORY))
