"""The coach at home: a page, a terminal, satellites, an API for the house's programs, and the ears that they share."""
