"""Two satellites that are none: they say what the test types, play what they are told in no time, and note it.

`fake_satellite.say` runs a turn through the satellite's own pipeline; `fake_satellite.play` is the state of one that
begins to play, falls silent or leaves.
"""

from .const import DOMAIN


async def async_setup(hass, config):
    hass.async_create_task(hass.config_entries.flow.async_init(DOMAIN, context={"source": "import"}))

    async def play(call):
        hass.data[DOMAIN][call.data["satellite"]].play(call.data["state"])

    hass.services.async_register(DOMAIN, "play", play)
    return True


async def async_setup_entry(hass, entry):
    await hass.config_entries.async_forward_entry_setups(entry, ["assist_satellite"])
    return True
