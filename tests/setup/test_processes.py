"""Programs that we start and stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from setup.processes import StopSignals, end, interrupt_on_terminate, wait_or_stop

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals work in another way there")


@pytest.fixture(autouse=True)
def handlers_as_before():
    """Give every signal back its handler, and begin with the usual ones: under nohup a hang-up is ignored."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def test_a_program_that_ends_gives_its_code():
    with StopSignals() as stop:
        assert wait_or_stop(subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"]), stop) == 7
    assert stop.received == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_is_noted_and_raises_nothing(number):
    process = subprocess.Popen(SLEEP)
    with StopSignals() as stop:
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        assert wait_or_stop(process, stop) is None
        end(process)
    assert stop.received == [number, number]
    assert process.returncode == -signal.SIGTERM


def test_a_program_that_does_not_listen_is_made_to_end(monkeypatch):
    monkeypatch.setattr("setup.processes.GRACE", 0.3)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"deaf\n"
        end(process)
    assert process.returncode == -signal.SIGKILL


def test_the_handlers_are_given_back():
    before = signal.getsignal(signal.SIGINT)
    with StopSignals():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_kill_is_treated_as_ctrl_c():
    interrupt_on_terminate()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)


def test_nohup_is_respected():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    interrupt_on_terminate()
    with StopSignals() as stop:
        os.kill(os.getpid(), signal.SIGHUP)
    assert stop.received == []
