"""The coach's own API for a house's programs, first of all Home Assistant's integration: turns, speech, hearing, state.

Versioned by its path, described in docs/openapi.yaml, and open to nobody without the token.
"""
