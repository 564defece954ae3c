"""Proving a topic's rules over every fact that there can be."""
