"""What the set-up asks of the machine, and the variables it hands on."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from setup import machine
from setup.machine import MEGABYTE, Layout, clean_surroundings
from setup.talk import SetupError

STALE = {
    "VIRTUAL_ENV": "/elsewhere",
    "VIRTUAL_ENV_PROMPT": "old",
    "PYTHONPATH": "/elsewhere/lib",
    "PYTHONHOME": "/elsewhere",
    "PYTHONDONTWRITEBYTECODE": "1",
    "CONDA_PREFIX": "/conda",
    "JUPYTER_CONFIG_DIR": "/elsewhere",
    "JUPYTERLAB_SETTINGS_DIR": "/elsewhere",
    "JPY_PARENT_PID": "1",
    "PIP_TARGET": "/elsewhere",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "PIP_USER": "1",
    "PIP_CONSTRAINT": "old.txt",
    "UV_PYTHON": "3.9",
    "UV_PROJECT_ENVIRONMENT": "/elsewhere",
    "MPLBACKEND": "TkAgg",
}
KEPT = {
    "PIP_INDEX_URL": "the school's index",
    "PIP_EXTRA_INDEX_URL": "another",
    "PIP_CERT": "/etc/cert.pem",
    "PIP_CONFIG_FILE": "/etc/pip.conf",
    "UV_DEFAULT_INDEX": "the school's index",
    "UV_INDEX_SCHOOL_PASSWORD": "secret",
    "HTTPS_PROXY": "the school's proxy",
    "SSL_CERT_FILE": "/etc/cert.pem",
    "HOME": "/home/ada",
    "LANG": "C.UTF-8",
}


def test_what_another_project_left_in_the_shell_is_dropped(layout):
    cleaned = clean_surroundings(layout, {**STALE, **KEPT, "PATH": "/usr/bin"})
    assert set(STALE) & set(cleaned) == {"VIRTUAL_ENV"}
    assert cleaned["VIRTUAL_ENV"] == str(layout.venv)


def test_where_the_machine_gets_its_packages_from_is_kept(layout):
    cleaned = clean_surroundings(layout, {**STALE, **KEPT})
    assert {name: cleaned.get(name) for name in KEPT} == KEPT


def test_our_programs_come_first_on_path_and_the_callers_variables_are_not_changed(layout):
    environ = {"PATH": "/usr/bin:/bin", "PIP_USER": "1"}
    cleaned = clean_surroundings(layout, environ)
    assert cleaned["PATH"] == f"{layout.programs}:/usr/bin:/bin"
    assert environ == {"PATH": "/usr/bin:/bin", "PIP_USER": "1"}
    assert clean_surroundings(layout, {})["PATH"] == str(layout.programs)


@pytest.mark.parametrize(
    ("root", "windows", "python", "program"),
    [
        (PurePosixPath("/home/ada/my course"), False, ".venv/bin/python", ".venv/bin/uv"),
        (PureWindowsPath(r"C:\Users\Ada\my course"), True, r".venv\Scripts\python.exe", r".venv\Scripts\uv.exe"),
    ],
)
def test_the_layout_of_each_system(root, windows, python, program):
    layout = Layout(root, windows=windows)
    assert str(layout.python.relative_to(root)) == python
    assert str(layout.program("uv").relative_to(root)) == program


def test_windows_separates_path_by_semicolons_and_ignores_case():
    layout = Layout(PureWindowsPath(r"C:\course"), windows=True)
    cleaned = clean_surroundings(layout, {"PATH": r"C:\Windows", "Pip_Target": "x", "PythonPath": "y"})
    assert cleaned["PATH"] == r"C:\course\.venv\Scripts;C:\Windows"
    assert not {"Pip_Target", "PythonPath"} & set(cleaned)


def test_a_full_disk_is_named_in_megabytes(monkeypatch, tmp_path):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(0, 0, 312 * MEGABYTE))
    with pytest.raises(SetupError, match="1,500 MB are needed, 312 MB are free"):
        machine.check_space(tmp_path)
    machine.check_space(tmp_path, 312 * MEGABYTE)


def test_debian_without_ensurepip_hears_which_package_to_install():
    with pytest.raises(SetupError) as caught:
        machine.check_python_parts(["venv", "no_such_module"])
    assert "sudo apt install python3." in caught.value.remedy
    machine.check_python_parts()


def test_a_folder_that_cannot_be_written(monkeypatch, tmp_path):
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(SetupError, match=r"cannot be written \(Permission denied\)") as caught:
        machine.check_writable(tmp_path)
    assert "home folder" in caught.value.remedy


def test_the_check_leaves_nothing_behind(tmp_path):
    machine.check_writable(tmp_path)
    assert list(tmp_path.iterdir()) == []
