"""Where the frozen program starts: the same command as `rapport` in an installed package."""

import sys


def main() -> int:
    """The window for no arguments, the sample or a rapport: link; the command line for everything else."""
    arguments = sys.argv[1:]
    # The command line opens the window in a process of its own, as `PYTHON -m ui ARGUMENTS`. A frozen program has no
    # such PYTHON but itself.
    if arguments[:2] == ["-m", "ui"]:
        return window(arguments[2:])
    # Straight to the window, past the command line's own imports: the first frame comes sooner.
    if not arguments or arguments[0] == "--sample" or arguments[0].lower().startswith("rapport:"):
        return window(arguments)
    from planner.cli.__main__ import main as command

    return int(command() or 0)


def window(arguments: list[str]) -> int:
    """Open the window; returns its exit code."""
    from ui.__main__ import main as opened

    return int(opened(arguments) or 0)


if __name__ == "__main__":
    sys.exit(main())
