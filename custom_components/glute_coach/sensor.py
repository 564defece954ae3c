"""The cards: next workout, each leg's band, workouts this week."""

from datetime import date
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import Adds, CoachCoordinator, CoachEntry, trainees

SENSORS = (
    SensorEntityDescription(
        key="next_workout", translation_key="next_workout", device_class=SensorDeviceClass.DATE
    ),
    SensorEntityDescription(key="left_band", translation_key="left_band"),
    SensorEntityDescription(key="right_band", translation_key="right_band"),
    SensorEntityDescription(key="workouts_this_week", translation_key="workouts_this_week"),
)


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry, async_add_entities: Adds) -> None:
    """Every card for every trainee."""
    everyone = trainees(entry.options)
    async_add_entities(TraineeSensor(entry, person, each) for person in everyone for each in SENSORS)


class TraineeEntity(CoordinatorEntity[CoachCoordinator]):
    """One fact of one trainee."""

    _attr_has_entity_name = True

    def __init__(self, entry: CoachEntry, person: str, description: EntityDescription) -> None:
        """A device a trainee."""
        super().__init__(entry.runtime_data)
        self.entity_description = description
        self._person = person
        self._attr_unique_id = f"{entry.entry_id}-{person}-{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, f"{entry.entry_id}-{person}")},
            name=f"Glute coach {person}".strip(),
            entry_type=DeviceEntryType.SERVICE,
        )

    @property
    def known(self) -> dict[str, Any]:
        """The trainee's state."""
        return (self.coordinator.data or {}).get(self._person, {})


class TraineeSensor(TraineeEntity, SensorEntity):
    """One card."""

    @property
    def native_value(self) -> str | int | date | None:
        """What it shows."""
        key = self.entity_description.key
        if key.endswith("_band"):
            return self.known.get("bands", {}).get(key.removesuffix("_band"))
        found = self.known.get(key)
        return date.fromisoformat(found) if key == "next_workout" and found else found
