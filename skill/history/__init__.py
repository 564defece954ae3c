"""Finished workouts worth looking at: read (`record`), drawn (`chart`), on a page (`report`) or paper (`sheet`)."""
