"""pip and uv: how their failures are told, how one stands in for the other, and which index they use."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from setup.install import CAUSES, ToolError, Tools, index_for_uv
from setup.machine import clean_surroundings
from setup.talk import SetupError

REAL_OUTPUTS = [
    ("network", "NewConnectionError('...'): Temporary failure in name resolution\nNo matching distribution found"),
    ("network", "error: Request failed after 3 retries\n  Caused by: error sending request\n  Caused by: dns error"),
    ("network", "socket.gaierror: [Errno 11001] getaddrinfo failed"),
    ("network", "ReadTimeoutError: Read timed out. (read timeout=15)"),
    ("certificate", "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"),
    ("certificate", "Caused by: invalid peer certificate: UnknownIssuer"),
    ("space", "OSError: [Errno 28] No space left on device"),
    ("space", "failed to write: No space left on device (os error 28)"),
    ("hashes", "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."),
    ("hashes", "error: Hash mismatch for `uv==0.13.9`"),
    ("wheels", "ERROR: No matching distribution found for uv==99.0"),
    ("wheels", "Because scipy==1.17.1 has no wheels with a matching Python ABI tag"),
    ("permission", "PermissionError: [WinError 5] Access is denied: 'C:\\\\course\\\\.venv\\\\Lib'"),
    ("", "something nobody has seen before"),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "output"), REAL_OUTPUTS)
def test_a_failure_is_told_in_plain_words(cause, output):
    error = ToolError("Fetching uv", output)
    assert error.cause == cause
    assert "What to do: " in str(error)
    assert ("nobody has seen" in str(error)) is (cause == "")


def test_every_cause_is_covered_above():
    assert {row[0] for row in CAUSES} <= {cause for cause, _ in REAL_OUTPUTS}


def test_a_tool_runs_quietly_and_its_words_are_in_the_log(layout, capfd):
    tools = Tools(layout, os.environ)
    assert tools.run("Greeting", [sys.executable, "-c", "print('hello')"]) == "hello\n"
    with pytest.raises(ToolError) as caught:
        tools.run("Breaking", [sys.executable, "-c", "import sys; sys.exit('os error 28')"])
    assert caught.value.cause == "space"
    assert layout.log.read_text() == "hello\nos error 28\n"
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="descriptors are inherited in another way there")
def test_a_tool_inherits_the_lock(layout):
    with layout.lock_file.open("ab") as handle:
        tools = Tools(layout, os.environ, handle.fileno())
        assert tools.run("Asking", [sys.executable, "-c", f"import os; print(os.fstat({handle.fileno()}).st_ino)"])


class Scripted(Tools):
    """Tools whose pip and uv follow a script: the outputs with which they fail, "" where they do not."""

    def __init__(self, layout, uv_fetch: str = "", uv_install: str = "", pip_install: str = "") -> None:
        super().__init__(layout, {})
        self.script = {"fetch": uv_fetch, "uv": uv_install, "pip": pip_install}
        self.done: list[str] = []

    def pip(self, doing: str, *arguments: str | Path) -> str:
        if arguments[0] == "config":
            return ""
        self._play("fetch" if "--target" in arguments else "pip")
        return ""

    def run(self, doing: str, command, extra=None) -> str:
        self._play("uv")
        return ""

    def _play(self, part: str) -> None:
        self.done.append(part)
        if self.script[part]:
            raise ToolError(part, self.script[part])


@pytest.mark.parametrize(
    ("script", "done", "fails"),
    [
        ({}, ["fetch", "uv"], ""),
        ({"uv_fetch": "No matching distribution"}, ["fetch", "pip"], ""),
        ({"uv_fetch": "name resolution"}, ["fetch"], "network"),
        ({"uv_fetch": "CERTIFICATE_VERIFY_FAILED"}, ["fetch"], "certificate"),
        ({"uv_install": "dns error"}, ["fetch", "uv", "pip"], ""),
        ({"uv_install": "strange"}, ["fetch", "uv", "pip"], ""),
        ({"uv_install": "os error 28"}, ["fetch", "uv"], "space"),
        ({"uv_install": "strange", "pip_install": "Hash mismatch"}, ["fetch", "uv", "pip"], "hashes"),
    ],
)
def test_pip_stands_in_for_uv_only_where_that_can_help(layout, script, done, fails):
    tools = Scripted(layout, **script)
    with pytest.raises(ToolError) if fails else contextlib.nullcontext() as caught:
        tools.install_lock("requirements.lock")
    assert tools.done == done
    if fails:
        assert caught.value.cause == fails
    assert not (layout.venv / "uv").exists()


def test_uv_gets_pips_index():
    config = "global.index-url='school'\nglobal.cert='/etc/cert.pem'\nglobal.timeout='60'"
    assert index_for_uv(config, {}) == {"UV_DEFAULT_INDEX": "school", "SSL_CERT_FILE": "/etc/cert.pem"}


def test_the_environment_overrides_pips_files_as_it_does_in_pip():
    config = ":env:.index-url='mine'\nglobal.index-url='school'\ninstall.index-url='installs'"
    assert index_for_uv(config, {}) == {"UV_DEFAULT_INDEX": "mine"}


def test_uvs_own_settings_win():
    assert index_for_uv("global.index-url='school'", {"UV_DEFAULT_INDEX": "mine"}) == {}
    assert index_for_uv("global.index-url='school'", {"UV_INDEX_URL": "mine"}) == {}


def test_extra_indexes_are_asked_as_pip_would():
    config = r"global.extra-index-url='\nhttp://127.0.0.1/two\nfile:///opt/three'"
    chosen = index_for_uv(config, {})
    assert chosen["UV_INDEX"].split()[-1] == "http://127.0.0.1/two"
    assert chosen["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_no_settings_no_variables():
    assert index_for_uv("", {}) == {}


def test_tools_see_no_stale_variables(layout):
    environ = clean_surroundings(layout, {"PIP_TARGET": "/elsewhere", "PATH": os.environ["PATH"]})
    seen = Tools(layout, environ).run("Asking", [sys.executable, "-c", "import os; print('PIP_TARGET' in os.environ)"])
    assert seen == "False\n"


def test_problems_are_one_family():
    assert issubclass(ToolError, SetupError)


@pytest.mark.parametrize("offline", [False, True])
def test_data_that_cannot_be_loaded_stops_no_set_up(layout, capsys, monkeypatch, offline) -> None:
    asked = []

    def run(_tools, doing, command, extra=None):
        asked.append(command[-1])
        if offline and doing == "Loading the data":
            raise ToolError(doing, "No matching distribution found")
        return ""

    monkeypatch.setattr(Tools, "run", run)
    Tools(layout, os.environ).install_project()
    assert "['data', 'get']" in asked[-1]
    assert ("That does no harm" in capsys.readouterr().out) is offline
