"""The coach for open voice satellites: the Wyoming protocol that Home Assistant speaks, and its sentence files.

satellite ── Home Assistant ──┬── audio ──────► heard   ── the words
                              ├── the words ──► handled ── what the coach says
                              └── its text ───► spoken  ── audio, a count on its exact grid
"""
