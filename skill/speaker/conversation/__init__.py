"""What the page, the terminal and the satellites share: a conversation with the skill's own endpoint."""
