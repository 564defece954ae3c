"""The coach in the home network: its own authority, pairing by a code, and the devices that were paired.

Everything that is kept lies in one folder beside the store, for its owner's eyes alone.
"""
