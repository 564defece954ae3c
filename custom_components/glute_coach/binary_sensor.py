"""Whether a pain keeps training on hold."""

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant

from .coordinator import Adds, CoachEntry, trainees
from .sensor import TraineeEntity

ON_HOLD = BinarySensorEntityDescription(
    key="on_hold", translation_key="on_hold", device_class=BinarySensorDeviceClass.PROBLEM
)


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry, async_add_entities: Adds) -> None:
    """One for every trainee."""
    async_add_entities(OnHold(entry, person, ON_HOLD) for person in trainees(entry.options))


class OnHold(TraineeEntity, BinarySensorEntity):
    """On while training is on hold."""

    @property
    def is_on(self) -> bool | None:
        """Whether it is."""
        return self.known.get("on_hold")
