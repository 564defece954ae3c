"""The figures of the conversation, from one command: `python -m bench.said`."""

from bench.said import hearing

PARTS = (hearing,)


def main() -> None:
    for part in PARTS:
        for name, value in part.figures():
            print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
