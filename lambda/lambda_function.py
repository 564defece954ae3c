"""Lambda's door to the coach; everything is made once, when the function starts."""

from skill.lambda_entry import handler_from_environment

lambda_handler = handler_from_environment()
