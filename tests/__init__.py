"""A package by name, so that no `tests` of an installed distribution stands before it in the processes of the tests."""
