"""The coach by voice in a terminal: a microphone, a loudspeaker, and the conversation between them."""
