"""The rulebook for readers: as a page, as a map of the band policy, and why a decision fell."""
