"""Who trains on this machine: one trainee, whether they use the page, the terminal or a satellite."""

from typing import Final

LOCAL_NAME: Final = "local"
"""The account in the envelopes of our own speakers."""
LOCAL_USER: Final = f"amzn1.ask.account.{LOCAL_NAME}"
"""The key under which the store keeps this trainee."""
