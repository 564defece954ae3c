"""The bands: the ladder of those owned, each leg's band, why it is that one, and what comes next."""
