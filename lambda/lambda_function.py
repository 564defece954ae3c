"""Lambda's door to the coach; everything is made once, when the function starts."""

import gc

from skill.alexa.sdk_without_services import without_services

gc.disable()  # what is made here stays for good: looking through it for garbage again and again would find none
without_services()

from skill.lambda_entry import handler_from_environment  # noqa: E402

lambda_handler = handler_from_environment()
gc.freeze()
gc.enable()
