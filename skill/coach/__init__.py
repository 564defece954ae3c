"""The coach itself, a pure function from what is known and what was heard to what is known now and the answer."""
