"""The coach as a conversation agent: it opens the microphone when it asks, and notices a count that was stopped."""

from homeassistant.components import conversation
from homeassistant.components.conversation import ChatLog, ConversationInput, ConversationResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .api import CoachUnreachable
from .const import LANGUAGES, UNCLEAR, UNREACHABLE
from .coordinator import Adds, CoachCoordinator, CoachEntry, people, satellite_of, trainee
from .counts import Counts


async def async_setup_entry(hass: HomeAssistant, entry: CoachEntry, async_add_entities: Adds) -> None:
    """One agent."""
    async_add_entities([CoachConversation(entry)])


class CoachConversation(CoordinatorEntity[CoachCoordinator], conversation.ConversationEntity):
    """A room is a device where there is one: its conversation goes on whenever it speaks."""

    _attr_name = "Glute coach"
    supported_languages = LANGUAGES

    def __init__(self, entry: CoachEntry) -> None:
        """Nobody trains yet."""
        super().__init__(entry.runtime_data)
        self._attr_unique_id = f"{entry.entry_id}-conversation"
        self._entry = entry
        self._counts = Counts(entry)
        self._who: dict[str, str] = {}

    async def async_will_remove_from_hass(self) -> None:
        """Watch no satellite any more."""
        self._counts.forget()

    async def _async_handle_message(
        self, user_input: ConversationInput, chat_log: ChatLog
    ) -> ConversationResult:
        """One turn."""
        satellite = getattr(user_input, "satellite_id", None) or satellite_of(self.hass, user_input.device_id)
        room = user_input.device_id or satellite or chat_log.conversation_id
        options = self._entry.options
        person = self._who.get(room) or trainee(self.hass, options, satellite, user_input.context.user_id)
        stopped_ms = self._counts.stopped_ms(room)
        response = intent.IntentResponse(language=user_input.language)
        try:
            answer = await self.coordinator.coach.turn(
                user_input.text.strip() or UNCLEAR, room, person, people(options), stopped_ms
            )
        except CoachUnreachable:
            looked = self.coordinator.async_refresh()
            self._entry.async_create_background_task(self.hass, looked, "glute coach's state")
            response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, UNREACHABLE)
            return ConversationResult(response, chat_log.conversation_id)
        self._who[room] = answer.person
        if not answer.state["is_training"]:
            self._who.pop(room)
        self.coordinator.know(answer.person, answer.state)
        self._counts.begin(room, answer, satellite)
        chat_log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(agent_id=self.entity_id, content=answer.text)
        )
        response.async_set_speech(answer.text)
        return ConversationResult(response, chat_log.conversation_id, answer.continue_conversation)
