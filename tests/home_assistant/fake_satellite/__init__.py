"""Satellites that are none: they hear recorded sound, fetch what they are to play, and note what came of it.

`fake_satellite.hear` says the wake word and speaks: what plays falls silent, and the sound runs through the satellite's
own pipeline. A count plays until then, all else is played in no time. `fake_satellite.play` is the state of one that
begins to play, falls silent or leaves; `fake_satellite.announce_coach` is a coach's announcement in the network.
"""

from ipaddress import ip_address
from pathlib import Path

from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from .const import DOMAIN


async def async_setup(hass, config):
    hass.async_create_task(hass.config_entries.flow.async_init(DOMAIN, context={"source": "import"}))

    async def play(call):
        hass.data[DOMAIN][call.data["satellite"]].play(call.data["state"])

    async def hear(call):
        sound = await hass.async_add_executor_job(Path(call.data["sound"]).read_bytes)
        hass.data[DOMAIN][call.data["satellite"]].hear(sound, call.data.get("lively", False))

    async def announce_coach(call):
        found = ZeroconfServiceInfo(
            ip_address=(address := ip_address("127.0.0.1")),
            ip_addresses=[address],
            port=call.data["port"],
            hostname="glute-coach.local.",
            type="_glute-coach._tcp.local.",
            name="Glute coach._glute-coach._tcp.local.",
            properties={},
        )
        await hass.config_entries.flow.async_init("glute_coach", context={"source": "zeroconf"}, data=found)

    hass.services.async_register(DOMAIN, "announce_coach", announce_coach)
    hass.services.async_register(DOMAIN, "play", play)
    hass.services.async_register(DOMAIN, "hear", hear)
    return True


async def async_setup_entry(hass, entry):
    await hass.config_entries.async_forward_entry_setups(entry, ["assist_satellite"])
    return True
