"""Which cues about the form are said: a few at a time and in turn, so that all of them are heard in some workouts."""

from rules.files.exercise import Exercise


def groups(exercise: Exercise) -> tuple[tuple[str, ...], ...]:
    """The cues that one first set says, for every such set that there is; none where the exercise has none."""
    keys, size = [cue.key for cue in exercise.form_cues], len(exercise.form_at)
    if not size:
        return ()
    return tuple(tuple(keys[at : at + size]) for at in range(0, len(keys), size))


def of_set(exercise: Exercise, turn: int) -> tuple[str, ...]:
    """The cues of a first set; they take turns."""
    every = groups(exercise)
    return every[turn % len(every)] if every else ()


def in_rest(exercise: Exercise, turn: int) -> str:
    """The cue of a rest; nothing where there is none."""
    keys = exercise.form_cues
    return keys[turn % len(keys)].key if keys else ""
