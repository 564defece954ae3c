"""The figures of the conversation, from one command: `python -m bench.said`."""

from bench.said import hearing, lengths, truth


def main() -> None:
    for name, value in hearing.figures():
        print(f"| {name} | {value} |")
    print(lengths.report())
    print(truth.report())


if __name__ == "__main__":
    main()
