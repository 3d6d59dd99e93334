"""The pieces of the installer agree with one another and with the package."""

from __future__ import annotations

import importlib
import re
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType

import pytest

from panoh import __version__

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module("build")


def test_one_version_everywhere(build: ModuleType) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    release = ElementTree.parse(LINUX / "org.panoh.Panoh.metainfo.xml").find("releases/release")
    assert release is not None
    assert {build.version(), declared, release.attrib["version"]} == {__version__}
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_package_depends_on_every_library_that_qt_loads(build: ModuleType) -> None:
    depends = re.findall(r"[a-z0-9.+-]+", (LINUX / "control").read_text(encoding="utf-8").split("Section:")[0])
    assert set(build.machine.QT_LIBRARIES.values()) <= set(depends)


def test_printing_is_shipped() -> None:
    spec = (ROOT / "packaging" / "panoh.spec").read_text(encoding="utf-8")
    libraries, modules, plugins = (
        re.compile("".join(re.findall(r'r"(.*)"', part)))
        for part in re.findall(r"QT_(?:LIBRARIES|MODULES|PLUGINS) = re\.compile\((.*?)\)\n", spec, re.DOTALL)
    )
    assert libraries.match("libQt6PrintSupport.so.6")
    assert modules.match("PySide6/QtPrintSupport.abi3.so")
    assert plugins.search("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so")
    assert not libraries.match("libQt6Network.so.6")
    assert not modules.match("PySide6/QtNetwork.abi3.so")


def test_the_menu_entry_starts_the_program_and_shows_its_icon() -> None:
    entry = dict(re.findall(r"^(\w+)=(.*)$", (LINUX / "panoh.desktop").read_text(encoding="utf-8"), re.MULTILINE))
    assert entry["Exec"] == "panoh"
    assert (LINUX / f"{entry['Icon']}.svg").is_file()


def test_each_licence_text_that_the_notice_names_is_shipped(build: ModuleType, tmp_path: Path) -> None:
    for name in ("pyinstaller", "pycountry", "python_stdnum", "pikepdf", "numpy"):
        record = tmp_path / "site" / f"{name}-1.0.dist-info" / "licenses"
        record.mkdir(parents=True)
        (record / "LICENSE").write_text("text")
    place = tmp_path / "licenses"
    build.gather_licences(tmp_path / "site", place)
    notice = (place / "NOTICE.md").read_text(encoding="utf-8")
    rows = [row.split("|")[3] for row in notice.splitlines() if row.startswith("| ")][1:]
    for text in re.findall(r"`([^`]+)`", " ".join(row for row in rows if "folder" not in row)):
        assert (place / text).is_file() or (ROOT / text).is_dir(), text
    for folder in re.findall(r"`([a-z_]+)`", " ".join(row for row in rows if "folder" in row)):
        assert (place / folder / "LICENSE").is_file(), folder


def test_a_tool_that_the_build_lacks_is_named_by_its_package(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(build.MissingError, match="binutils dpkg"):
        build.check_tools()
