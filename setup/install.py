"""pip and uv: install exactly what the locks say, and turn their failures into plain words."""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from setup.machine import Layout
from setup.talk import SetupError, say, step

HEARTBEAT = 15.0
"""Seconds after which a silent tool is reported to be still at work."""

BOOTSTRAP_LOCK = "requirements-bootstrap.lock"

PIP_QUIETLY = ("--no-compile", "--progress-bar", "off", "--retries", "2")
"""Python compiles what is used when it is first used: compiling everything takes longer and 140 MB."""

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
        "start again; if it happens twice, tell whoever gave you the course.",
    ),
    (
        "certificate",
        r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|SSLCertVerificationError",
        "The connection to the package index is not trusted by this computer.",
        "check the computer's clock; on a school's or company's network, ask for its certificate.",
    ),
    (
        "network",
        (
            r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo failed|dns error|timed out"
            r"|[Nn]etwork is unreachable|error sending request|Connection refused|ProxyError|not connect"
        ),
        "The packages could not be downloaded: the package index cannot be reached.",
        "check the internet connection (or the network's proxy settings), then start again.",
    ),
    (
        "wheels",
        r"no usable wheels|no wheels with a matching|No matching distribution|has no wheels",
        "One of the packages does not exist ready-made for this Python on this kind of computer.",
        "install a 64-bit Python between 3.11 and 3.14, then start again with it.",
    ),
    (
        "permission",
        r"Permission denied|os error 13\b|Access is denied|os error 5\b",
        "A file could not be written.",
        "close every JupyterLab of this folder, check that the folder is yours, then start again.",
    ),
)
"""Cause, what betrays it in a tool's output, what to say, what to advise. The first that matches counts."""


Uv = Callable[..., str]
"""Runs uv with the given arguments and returns what it printed."""


class ToolError(SetupError):
    """pip or uv failed.

    Attributes:
        cause: One of the names in CAUSES, or "" where the output is not understood.
    """

    def __init__(self, doing: str, output: str) -> None:
        """Find the cause in the tool's output; only an unknown one is worth its last lines on the screen."""
        for cause, pattern, what, remedy in CAUSES:
            if re.search(pattern, output):
                self.cause = cause
                super().__init__(what, f"{remedy} (What the tools said is in the file .venv.log.)")
                return
        self.cause = ""
        tail = "\n".join(f"    {line[:150]}" for line in output.strip().splitlines()[-8:])
        super().__init__(f"{doing} failed.", "start again; if it fails again, ask for help.", tail)


class Tools:
    """Runs pip and uv for one environment, quietly, with everything they say in the log.

    Attributes:
        layout: The clone whose environment is filled.
        environ: The variables that the tools see.
        held: The descriptor of the lock that the set-up holds. The tools inherit it: where we are killed and
            they live on, the next start waits for them instead of working in the same folder.
    """

    def __init__(self, layout: Layout, environ: Mapping[str, str], held: int | None = None) -> None:
        """Keep them."""
        self.layout = layout
        self.environ = dict(environ)
        self.held = held

    def run(self, doing: str, command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> str:
        """Run one command to its end and return what it printed.

        Raises:
            ToolError: Where it exits with another code than 0.
        """
        with self.layout.log.open("ab+") as log:
            begin = log.seek(0, os.SEEK_END)
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.layout.root,
                env={**self.environ, **(extra or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=() if self.held is None or os.name == "nt" else (self.held,),
            )
            try:
                code = _wait(process)
            finally:
                process.kill()
            log.seek(begin)
            output = log.read().decode(errors="replace")
        if code:
            raise ToolError(doing, output)
        return output

    def pip(self, doing: str, *arguments: str | Path) -> str:
        """Run the environment's pip."""
        return self.run(doing, [self.layout.python, "-m", "pip", *arguments])

    def make_venv(self, python: Path) -> None:
        """Make the empty environment."""
        with step("Making the course's own Python environment in .venv"):
            command: list[str | Path] = [python, "-m", "venv", "--prompt", "goldlabel", self.layout.venv]
            self.run("Making the environment", command)

    def install_lock(self, lock: str) -> None:
        """Install what `lock` pins: with uv, and where uv cannot be had or fails, with pip."""
        exactly = ("install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock)
        with self.borrowed_uv() as uv:
            if uv is not None and self._try_uv(uv, "pip", *exactly, "--python", self.layout.python):
                return
        with step("Installing the course's packages with pip (one to some minutes)"):
            self.pip("Installing the packages", *exactly, *PIP_QUIETLY)

    def install_project(self) -> None:
        """Make `import goldlabel` and the command `goldlabel` work; offline, with nothing else touched."""
        with step("Adding the goldlabel library"):
            arguments = ("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
            self.pip("Adding the goldlabel library", *arguments)
        self._load_data()

    def _load_data(self) -> None:
        """Load the pictures and texts that packages hold into their data sets: a second or two."""
        with step("Loading photographs and rated texts"):
            program = "import sys; from goldlabel.cli import main; sys.exit(main(['data', 'get']))"
            try:
                self.run("Loading the data", [self.layout.python, "-c", program])
            except ToolError:
                say("    Not all of it could be loaded. That does no harm: a lesson that lacks some says so, and how")
                say("    to get it. (What went wrong is in the file .venv.log.)")

    @contextlib.contextmanager
    def borrowed_uv(self) -> Iterator[Uv | None]:
        """Give a function that runs uv, or None where this computer cannot have uv, so that pip must do.

        uv has a tenth of the environment's size and is of no use to a learner, so it goes afterwards.

        Raises:
            ToolError: Where pip cannot reach its index: then no tool can.
        """
        home = self.layout.venv / "uv"
        try:
            try:
                with step("Fetching the installer uv"):
                    options = ("--require-hashes", "--only-binary", ":all:", "--target", home, *PIP_QUIETLY)
                    self.pip("Fetching uv", "install", *options, "-r", BOOTSTRAP_LOCK)
            except ToolError as failure:
                if failure.cause in {"network", "certificate", "space"}:
                    raise
                say(f"    uv cannot be used here ({failure.what}) That does no harm: pip will do its work.")
                yield None
            else:
                yield self._runner(home)
        finally:
            shutil.rmtree(home, ignore_errors=True)

    def _try_uv(self, uv: Uv, *arguments: str | Path) -> bool:
        """Install with uv; False where it fails in a way that pip may not share."""
        try:
            with step("Installing the course's packages (seconds to minutes, as fast as the network is)"):
                uv(*arguments)
        except ToolError as failure:
            if failure.cause == "space":
                raise
            say(f"    uv could not do it ({failure.what}) Trying with pip, which is slower.")
            return False
        return True

    def _runner(self, home: Path) -> Uv:
        """Return a function that runs the uv in `home`, with pip's package index if it has none itself."""
        program = shutil.which("uv", path=os.pathsep.join((str(home / "bin"), str(home / "Scripts"))))
        index = index_for_uv(self.pip("Reading pip's settings", "config", "list"), self.environ)
        extra = {**index, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}

        def uv(*arguments: str | Path) -> str:
            return self.run("Installing the packages", [program or "uv", *arguments], extra)

        return uv


def index_for_uv(pip_config: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Return uv's variables for the package index that pip is configured to use.

    uv does not read pip's settings, but a school or company that set its index there expects it to be used.

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
    chosen = {names[name]: " ".join(settings[name].split()) for name in names if settings.get(name)}
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
