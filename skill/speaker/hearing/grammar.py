"""The interaction model as a grammar: what the trainee may say, and nothing else, for a recogniser with rules.

Written out as JSGF, pocketsphinx compiles the model to tens of thousands of transitions and takes many seconds for a
sentence. The same language as a minimal deterministic automaton has far fewer, so that is what is built:
every sample a chain of words, every slot value a chain within it, equal states made one. Before and after a command
people say "so" and "please": that takes a few states at either end. A recogniser that must look through all that can be
said is slow, so it knows the commonest ways alone: the first samples of an intent and the first names of a value
(`in_grammar` in the locale's words). The other recogniser knows no such bounds.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from skill.speaker.understanding.language import Words
from skill.speaker.understanding.model import NUMBER, Model

# A larger count is a mishearing or a joke, and can be typed.
_MOST_REPS_SAID = 100


@dataclass(frozen=True)
class Grammar:
    """A deterministic automaton over words: `moves[state][word]` is the next state; it starts in state 0."""

    moves: tuple[Mapping[str, int], ...]
    accepting: frozenset[int]

    @property
    def words(self) -> frozenset[str]:
        """Every word that can be said; each needs a pronunciation."""
        return frozenset(word for row in self.moves for word in row)


class _Chains:
    """The automaton before it is deterministic: from each node, words lead to several nodes, and jumps need none."""

    def __init__(self) -> None:
        self.moves: list[dict[str, set[int]]] = []
        self.jumps: list[set[int]] = []

    def node(self) -> int:
        self.moves.append(defaultdict(set))
        self.jumps.append(set())
        return len(self.moves) - 1

    def say(self, start: int, words: Words, end: int) -> None:
        """A chain of words from one node to another."""
        for word in words[:-1]:
            following = self.node()
            self.moves[start][word].add(following)
            start = following
        self.moves[start][words[-1]].add(end)

    def reached(self, nodes: frozenset[int]) -> frozenset[int]:
        """The nodes and all that can be jumped to from them."""
        found, waiting = set(nodes), list(nodes)
        while waiting:
            new = self.jumps[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return frozenset(found)


def compiled(model: Model) -> Grammar:
    """Every sample and launch phrase as one small automaton, with the wake word and politeness around it or without."""
    chains, end = _Chains(), 0
    start, awake, end = chains.node(), chains.node(), chains.node()
    chains.say(start, (model.language.settings["wake_word"],), awake)
    chains.jumps[start].add(awake)
    said_around = model.language.settings["said_around"]
    awake = _said_or_not(chains, awake, said_around["before"])
    for sample in model.common_samples:
        at = awake
        for place, item in enumerate(sample.items):
            following = end if place == len(sample.items) - 1 else chains.node()
            for phrase in (item,) if isinstance(item, str) else _phrases(model, item.type):
                chains.say(at, (phrase,) if isinstance(phrase, str) else phrase, following)
            at = following
    end = _said_or_not(chains, end, said_around["after"])
    return _minimal(*_deterministic(chains, start, end))


def _said_or_not(chains: _Chains, start: int, phrases: Iterable[str]) -> int:
    """The node reached from `start` by one of the phrases, or by none."""
    reached = chains.node()
    chains.jumps[start].add(reached)
    for phrase in phrases:
        chains.say(start, tuple(phrase.split()), reached)
    return reached


def _phrases(model: Model, kind: str) -> Iterator[Words]:
    if kind == NUMBER:
        yield from (said for said, value in model.language.numbers.items() if value <= _MOST_REPS_SAID)
    else:
        yield from model.common_names(kind)


def _deterministic(chains: _Chains, start: int, end: int) -> tuple[list[dict[str, int]], set[int]]:
    first = chains.reached(frozenset({start}))
    numbers, waiting, moves = {first: 0}, [first], [dict[str, int]()]
    while waiting:
        nodes = waiting.pop()
        following: dict[str, set[int]] = defaultdict(set)
        for node in nodes:
            for word, reached in chains.moves[node].items():
                following[word] |= reached
        for word, targets in following.items():
            state = chains.reached(frozenset(targets))
            if state not in numbers:
                numbers[state] = len(moves)
                moves.append({})
                waiting.append(state)
            moves[numbers[nodes]][word] = numbers[state]
    return moves, {number for nodes, number in numbers.items() if end in nodes}


def _minimal(moves: list[dict[str, int]], accepting: set[int]) -> Grammar:
    """Make states one that no continuation tells apart, by splitting classes until nothing splits (Moore)."""
    classes = [int(state in accepting) for state in range(len(moves))]
    while True:
        keys = [
            (classes[state], tuple(sorted((word, classes[to]) for word, to in row.items())))
            for state, row in enumerate(moves)
        ]
        names = {key: name for name, key in enumerate(dict.fromkeys(keys))}
        split = [names[key] for key in keys]
        if len(names) == len(set(classes)):
            break
        classes = split
    rows: dict[int, dict[str, int]] = {}
    for state, row in enumerate(moves):
        rows.setdefault(split[state], {word: split[to] for word, to in row.items()})
    return Grammar(tuple(rows[name] for name in range(len(rows))), frozenset(split[s] for s in accepting))
