"""Where the frozen program starts: the same command as `rapport` in an installed package."""

import sys


def main() -> int:
    # The command line opens the window in a process of its own, as `PYTHON -m ui ARGUMENTS`. A frozen program has no
    # such PYTHON but itself.
    if sys.argv[1:3] == ["-m", "ui"]:
        from ui.__main__ import main as window

        del sys.argv[1:3]
        return int(window() or 0)
    from planner.cli.__main__ import main as command

    return int(command() or 0)


if __name__ == "__main__":
    sys.exit(main())
