"""The committed locks: complete, hashed, free of addresses, and the same for every way to install."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LEARNER = "requirements.lock"
TEST = "requirements-test.lock"
BOOTSTRAP = "requirements-bootstrap.lock"
LOCKS = (LEARNER, TEST, BOOTSTRAP)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SYSTEMS = [
    {"sys_platform": system, "os_name": os_name, "platform_system": name, "python_full_version": f"{python}.9"}
    for system, os_name, name in (
        ("linux", "posix", "Linux"),
        ("darwin", "posix", "Darwin"),
        ("win32", "nt", "Windows"),
    )
    for python in ("3.11", "3.12", "3.13", "3.14")
]


def entries(name: str) -> list[tuple[Requirement, list[str]]]:
    """The pins of one lock, each with its hashes."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(Requirement(line.split(" --hash")[0]), re.findall(r"--hash=sha256:(\w+)", line)) for line in lines]


def pins(name: str) -> set[tuple[str, str, str]]:
    """Name, version and marker of each pin."""
    return {(canonicalize_name(r.name), str(r.specifier), str(r.marker or "")) for r, _ in entries(name)}


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_holds_an_address(name):
    assert "://" not in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_is_exact_and_hashed(name):
    assert entries(name)
    for requirement, hashes in entries(name):
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", requirement
        assert hashes, requirement
        assert all(len(value) == 64 for value in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_the_first_line_says_how_to_make_it_again(name):
    first = (ROOT / name).read_text("utf-8").partition("\n")[0]
    assert "python3 start.py lock" in first


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (LEARNER, PROJECT["dependencies"]),
        (TEST, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]),
        (BOOTSTRAP, ["uv"]),
    ],
)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: f"{s['sys_platform']}-{s['python_full_version']}")
def test_a_lock_satisfies_the_project_on_every_system(name, wanted, system):
    locked = {
        canonicalize_name(requirement.name): Version(next(iter(requirement.specifier)).version)
        for requirement, _ in entries(name)
        if requirement.marker is None or requirement.marker.evaluate(system)
    }
    for requirement in map(Requirement, wanted):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement} is missing from {name}"
        assert requirement.specifier.contains(version), f"{name} has {version}, the project wants {requirement}"


def test_the_same_thing_is_never_pinned_twice_on_one_system():
    for system in SYSTEMS:
        names = [r.name for r, _ in entries(TEST) if r.marker is None or r.marker.evaluate(system)]
        assert len(names) == len(set(names)), system


def test_learners_and_testers_run_the_same_versions():
    missing = pins(LEARNER) - pins(TEST)
    assert not missing


def test_learners_get_no_test_tools():
    names = {name for name, *_ in pins(LEARNER)}
    assert not names & {canonicalize_name(Requirement(r).name) for r in PROJECT["optional-dependencies"]["test"]} - {
        "nbclient"
    }


def test_what_builds_the_library_is_locked():
    """start.py builds without isolation, so nothing unpinned is ever downloaded."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    locked = {canonicalize_name(r.name): r for r, _ in entries(LEARNER)}
    for requirement in map(Requirement, build):
        assert requirement.specifier.contains(next(iter(locked[requirement.name].specifier)).version)


def test_conda_and_binder_install_the_same_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert environment["dependencies"] == ["python=3.11", "pip", {"pip": [f"-r {LEARNER}"]}]


def test_nothing_makes_binder_overlook_the_root_files():
    assert not (ROOT / "binder").exists()
    assert not (ROOT / ".binder").exists()


@pytest.mark.skipif(os.name == "nt", reason="files have no such bit there")
@pytest.mark.parametrize("name", ["postBuild", ".ci/run"])
def test_scripts_can_be_run(name):
    assert os.access(ROOT / name, os.X_OK)
