"""Set up Goldlabel and open it in JupyterLab.

    python3 start.py                  set up what is missing, then open the course in the browser
    python3 start.py --no-browser     the same, but only print the address
    python3 start.py --instructor     the same, with nbgrader's tools for instructors
    python3 start.py test [...]       run the whole test suite; what follows goes to pytest

This file is the only one that an old Python ever reads, so it keeps to words that every Python 3
understands. The work is done by the package `setup/`, which needs nothing but the standard library.
"""

import sys

OLDEST_PYTHON = (3, 11)


def refusal(version: "tuple[int, int]") -> str:
    """Return why this Python cannot be used, in plain words, or "" where it can."""
    if version >= OLDEST_PYTHON:
        return ""
    return (
        "Goldlabel needs Python %d.%d or newer, and this is Python %d.%d.\n"
        "What to do: install a newer Python (on Windows and macOS from python.org, on Linux with the\n"
        "system's package manager), then start again with it, for example:  python3.12 start.py\n"
    ) % (OLDEST_PYTHON + version)


def main() -> int:
    """Check the version, then hand over to the part that is written for a current Python."""
    problem = refusal(sys.version_info[:2])
    if problem:
        sys.stderr.write(problem)
        return 1
    from setup.command import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
