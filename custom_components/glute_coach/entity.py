"""What all cards of a trainee share."""

from typing import Any

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import CoachCoordinator, CoachEntry


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
        return self.coordinator.data.get(self._person, {})
