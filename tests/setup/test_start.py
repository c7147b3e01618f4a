"""`start.py` itself: what an old Python gets to hear."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = ROOT / "start.py"


def run_with_version(version: str) -> subprocess.CompletedProcess[str]:
    """Run start.py in a Python that says it is `version`; what start.py hands over to is cut off."""
    pretend = (
        "import runpy, sys, types\n"
        "command = types.ModuleType('setup.command'); command.run = lambda arguments: print('handed over') or 0\n"
        "sys.modules['setup.command'] = command\n"
        f"sys.version_info = {version}\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        f"runpy.run_path({str(START)!r}, run_name='__main__')\n"
    )
    return subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)


def test_the_file_parses_on_python_3_6():
    ast.parse(START.read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 14)])
def test_an_old_python_is_sent_away_in_plain_words(version):
    result = run_with_version(repr(version))
    assert result.returncode == 1
    assert result.stdout == ""
    assert f"Python 3.11 or newer, and this is Python {version[0]}.{version[1]}." in result.stderr
    assert "What to do: install a newer Python" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_a_current_python_goes_on(version):
    result = run_with_version(repr(version))
    assert (result.returncode, result.stdout.strip(), result.stderr) == (0, "handed over", "")
