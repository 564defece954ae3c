"""The workout: how it starts, which set comes next, how a set ends, where in the count one is, pain."""
