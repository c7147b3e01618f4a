"""pip and uv: install exactly what the locks say, and turn their failures into plain words."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from setup.machine import Layout
from setup.talk import SetupProblem, say, step

HEARTBEAT = 15.0
"""Seconds after which a silent tool is reported to be still at work."""

BOOTSTRAP_LOCK = "requirements-bootstrap.lock"

NETWORK = "network"
"""The cause that no second tool can help with."""

CAUSES: tuple[tuple[str, str, str, str], ...] = (
    (
        "space",
        r"No space left on device|os error 28\b|not enough space on the disk",
        "The disk became full.",
        "make room on the disk that holds this folder, then start again.",
    ),
    (
        "hashes",
        r"DO NOT MATCH THE HASHES|Hash mismatch",
        "A downloaded package is not the one that this course was tested with, so it was not installed.",
        "start again; if it happens twice, tell whoever gave you the course: the file was damaged or exchanged on its way.",
    ),
    (
        "certificate",
        r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|SSLCertVerificationError",
        "The connection to the package index is not trusted by this computer.",
        "on a company or school network, ask for its certificate and for pip's settings; else check the computer's clock.",
    ),
    (
        NETWORK,
        r"NewConnectionError|NameResolutionError|name resolution|dns error|[Nn]etwork is unreachable|getaddrinfo failed"
        r"|error sending request|Connection refused|ProxyError|timed out|Could not connect|nodename nor servname",
        "The packages could not be downloaded: the package index cannot be reached.",
        "check the internet connection (or the network's proxy settings), then start again.",
    ),
    (
        "wheels",
        r"no usable wheels|no wheels with a matching|No matching distribution found|has no wheels|requires a different Python",
        "One of the packages does not exist ready-made for this Python on this kind of computer.",
        "install a 64-bit Python between 3.11 and 3.14, then start again with it.",
    ),
    (
        "permission",
        r"Permission denied|os error 13\b|Access is denied|os error 5\b",
        "A file could not be written.",
        "close every JupyterLab that runs from this folder, check that the folder is yours, then start again.",
    ),
)
"""Cause, what betrays it in a tool's output, what to say, what to advise. The first that matches counts."""


class ToolFailure(SetupProblem):
    """pip or uv failed.

    Attributes:
        cause: One of the names in CAUSES, or "" where the output is not understood.
    """

    def __init__(self, doing: str, output: str) -> None:
        """Find the cause in the tool's output."""
        tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-8:])
        for cause, pattern, what, remedy in CAUSES:
            if re.search(pattern, output):
                self.cause = cause
                super().__init__(what, remedy, tail)
                return
        self.cause = ""
        super().__init__(f"{doing} failed.", "start again; if it fails again, ask for help and send these lines:", tail)


class Tools:
    """Runs pip and uv for one environment, quietly, with everything they say in the log.

    Attributes:
        layout: The clone whose environment is filled.
        environ: The variables that the tools see.
    """

    def __init__(self, layout: Layout, environ: Mapping[str, str]) -> None:
        """Keep both."""
        self.layout = layout
        self.environ = dict(environ)

    def run(self, doing: str, command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> str:
        """Run one command to its end and return what it printed.

        Raises:
            ToolFailure: Where it exits with another code than 0.
        """
        with self.layout.log.open("ab+") as log:
            begin = log.seek(0, 2)
            log.write(f"$ {' '.join(map(str, command))}\n".encode())
            log.flush()
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.layout.root,
                env={**self.environ, **(extra or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                code = _wait(process)
            finally:
                process.kill()
                process.wait()
            log.seek(begin)
            output = log.read().decode(errors="replace").partition("\n")[2]
        if code:
            raise ToolFailure(doing, output)
        return output

    def pip(self, doing: str, *arguments: str | Path) -> str:
        """Run the environment's pip."""
        return self.run(doing, [self.layout.python, "-m", "pip", *arguments])

    def make_venv(self, python: Path) -> None:
        """Make the empty environment."""
        with step("Making the course's own Python environment in .venv"):
            self.run("Making the environment", [python, "-m", "venv", "--prompt", "goldlabel", self.layout.venv])

    def install_lock(self, lock: str) -> None:
        """Install what `lock` pins: with uv, and where uv cannot be had or fails, with pip."""
        if self._bootstrap():
            with_uv = ("pip", "install", "--python", self.layout.python, "--require-hashes", "--no-deps")
            try:
                with step("Installing the course's packages (half a minute, more on a slow network)"):
                    self.uv(*with_uv, "--only-binary", ":all:", "--compile-bytecode", "-r", lock)
                return
            except ToolFailure as failure:
                if failure.cause == "space":
                    raise
                say(f"    uv could not do it ({failure.what}) Trying with pip, which is slower.")
        with step("Installing the course's packages with pip (a minute or two, more on a slow network)"):
            self.pip(
                "Installing the packages",
                *("install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "--progress-bar", "off"),
                *("--retries", "2", "-r", lock),
            )

    def install_project(self) -> None:
        """Make `import goldlabel` and the command `goldlabel` work: editable, offline, nothing else touched."""
        with step("Adding the goldlabel library"):
            arguments = ("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
            self.pip("Adding the goldlabel library", *arguments)

    def uv(self, *arguments: str | Path) -> str:
        """Run the environment's uv, which gets to know pip's package index where it has none of its own."""
        index = index_for_uv(self.pip("Reading pip's settings", "config", "list"), self.environ)
        extra = {**index, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
        return self.run("Installing the packages", [self.layout.program("uv"), *arguments], extra)

    def _bootstrap(self) -> bool:
        """Install uv; False where this computer cannot have it, so that pip must do.

        Raises:
            ToolFailure: Where pip cannot reach its index: then no tool can.
        """
        try:
            with step("Fetching the installer uv"):
                self.pip(
                    "Fetching uv",
                    *("install", "--require-hashes", "--only-binary", ":all:", "--progress-bar", "off"),
                    *("--retries", "2", "-r", BOOTSTRAP_LOCK),
                )
        except ToolFailure as failure:
            if failure.cause in {NETWORK, "space", "certificate"}:
                raise
            say(f"    uv cannot be used here ({failure.what}) That does no harm: pip will do its work.")
            return False
        return True


def index_for_uv(pip_config: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Return uv's variables for the package index that pip is configured to use.

    uv does not read pip's settings. A school or company that set its index there expects every installer to use it.

    Args:
        pip_config: What `pip config list` prints: a line `section.name='value'` a setting.
        environ: The variables of the shell; uv's own settings there are left alone.
    """
    if any(name.startswith(("UV_INDEX", "UV_DEFAULT_INDEX")) for name in environ):
        return {}
    settings: dict[str, str] = {}
    for section in ("global", "install", ":env:"):  # the later overrides the earlier, as in pip
        for name, value in re.findall(rf"^{section}\.([\w-]+)=(.+)$", pip_config, re.MULTILINE):
            settings[name] = str(ast.literal_eval(value))
    names = {"index-url": "UV_DEFAULT_INDEX", "trusted-host": "UV_INSECURE_HOST", "cert": "SSL_CERT_FILE"}
    chosen = {ours: " ".join(settings[theirs].split()) for theirs, ours in names.items() if settings.get(theirs)}
    extra = [url for url in settings.get("extra-index-url", "").split() if url.startswith("http")]
    if extra:
        chosen["UV_INDEX"] = " ".join(extra)
        chosen["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip does; every file is checked by its hash
    return chosen


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for a tool, and say every now and then that it is still at work."""
    waited = 0.0
    while True:
        try:
            return process.wait(timeout=HEARTBEAT)
        except subprocess.TimeoutExpired:
            waited += HEARTBEAT
            say(f"    still at work after {waited:.0f} s")
