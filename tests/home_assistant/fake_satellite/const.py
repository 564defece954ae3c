DOMAIN = "fake_satellite"
ROOMS = ("kitchen", "cellar", "attic", "garage", "hall", "study")
COUNT = "lift hold two lower"
PIECE_S = 0.02
PIECE = bytes(640)
"""Silence at 16 kHz and 16 bits."""
