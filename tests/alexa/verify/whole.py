"""The whole table of cases."""

from datetime import datetime

from tests.alexa.verify.addresses import add_addresses
from tests.alexa.verify.chains import add_chains
from tests.alexa.verify.deliveries import add_deliveries
from tests.alexa.verify.messages import add_messages
from tests.alexa.verify.table import Table


def whole_table(now: datetime) -> Table:
    """Every case there is, with certificates made for this moment."""
    made = Table(now)
    for add in (add_addresses, add_messages, add_chains, add_deliveries):
        add(made)
    return made
