"""Build an installer: `python3 packaging/build.py linux` leaves dist/panoh_VERSION_ARCHITECTURE.deb.

The programs are frozen from an environment of their own (build/venv, from packaging/build.lock), laid out as they
will be installed, tried once, and packed. Build on the oldest distribution that is served: the C library is the
builder's. Standard library only; Debian's binutils and dpkg must be there.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import re
import shutil
import sys
import sysconfig
from pathlib import Path

import machine
from machine import ROOT, MissingError, say

BUILD, DIST, LINUX = ROOT / "build", ROOT / "dist", ROOT / "packaging" / "linux"
TREE = BUILD / "deb"
HOME = TREE / "usr/lib/panoh"
# Bootloader and hooks of the freezer are in the environment, but only the bootloader is shipped.
NOT_SHIPPED = ("pip", "setuptools", "altgraph", "pyinstaller_hooks_contrib")


def version() -> str:
    """Panoh's version, from the package."""
    text = (ROOT / "src/panoh/__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def check_tools() -> None:
    """Stop in words when a program that the build needs is not here."""
    tools = {"objcopy": "binutils", "strip": "binutils", "dpkg-deb": "dpkg"}
    packages = sorted({package for tool, package in tools.items() if not shutil.which(tool)})
    if packages:
        raise MissingError(f"The build needs these packages: {' '.join(packages)}.")


def run(command: list[str], doing: str) -> str:
    """Run one step of the build and return what it printed; MissingError with its last words when it fails."""
    code, output = machine.run_kept(command)
    if code != 0:
        raise MissingError(f"{doing} failed:\n\n{machine.last_lines(output, 30)}")
    return output


def freeze(python: Path) -> Path:
    """Both programs with all they use, in one folder; the folder."""
    say("Freezing the programs")
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(BUILD / "frozen"), "--workpath", str(BUILD / "work")]
    run([*command, str(ROOT / "packaging" / "panoh.spec")], "Freezing")
    folder = BUILD / "frozen" / "panoh"
    # One file, two names: start.py looks at the name, and a package stores a hard link once.
    os.link(folder / "panoh", folder / "panoh-cli")
    return folder


def lay_out(frozen: Path, site_packages: Path) -> None:
    """Everything in its place as it will lie on the installed system."""
    shutil.rmtree(TREE, ignore_errors=True)
    HOME.parent.mkdir(parents=True)
    frozen.rename(HOME)
    (TREE / "usr/bin").mkdir()
    for program in ("panoh", "panoh-cli"):
        (TREE / "usr/bin" / program).symlink_to(f"../lib/panoh/{program}")
    icons = {"scalable": "panoh.svg", "48x48": "panoh-48.png", "256x256": "panoh-256.png"}
    places = {f"usr/share/icons/hicolor/{size}/apps/panoh{Path(name).suffix}": name for size, name in icons.items()}
    places["usr/share/applications/panoh.desktop"] = "panoh.desktop"
    places["usr/share/metainfo/org.panoh.Panoh.metainfo.xml"] = "org.panoh.Panoh.metainfo.xml"
    places["usr/share/doc/panoh/copyright"] = "copyright"
    for place, name in places.items():
        (TREE / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(LINUX / name, TREE / place)
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (TREE / "usr/share/doc/panoh/changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    gather_licences(site_packages, TREE / "usr/share/doc/panoh/licenses")


def gather_licences(site_packages: Path, place: Path) -> None:
    """Our notice, the texts it names, and each shipped package's own licence files in a folder of its name."""
    shutil.copytree(ROOT / "packaging/licenses", place)
    shutil.copyfile(ROOT / "LICENSE", place / "LICENSE")
    shutil.copyfile(Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", place / "CPython.txt")
    for record in site_packages.glob("*.dist-info"):
        name = record.name.split("-")[0]
        for text in record.rglob("*"):
            if (
                name not in NOT_SHIPPED
                and text.is_file()
                and re.match(r"(?i)(un)?licen[cs]e|copying|notice", text.name)
            ):
                (place / name).mkdir(exist_ok=True)
                shutil.copyfile(text, place / name / text.name)


def try_out() -> None:
    """The installed layout must check itself before it is packed: the services, then a window off screen."""
    say("Trying the programs")
    say(run([str(HOME / "panoh-cli"), "self-check"], "The self-check of the built panoh-cli"))
    demo = [
        "env",
        "QT_QPA_PLATFORM=offscreen",
        str(HOME / "panoh"),
        "--demo",
        "--off-screen",
        str(BUILD / "built-demo"),
    ]
    (BUILD / "built-demo").mkdir(exist_ok=True)
    run(demo, "The demo of the built panoh")


def pack() -> Path:
    """The .deb of the layout; its path."""
    say("Packing")
    architecture = run(["dpkg", "--print-architecture"], "Asking dpkg").strip()
    size = sum(file.lstat().st_size for file in TREE.rglob("*") if file.name != "panoh-cli") // 1024
    control = (LINUX / "control").read_text(encoding="utf-8")
    (TREE / "DEBIAN").mkdir()
    (TREE / "DEBIAN/control").write_text(
        control.format(version=version(), architecture=architecture, size=size), encoding="utf-8"
    )
    for path in [TREE, *TREE.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.name in ("panoh", "panoh-cli")
            path.chmod(0o755 if runs else 0o644)
    DIST.mkdir(exist_ok=True)
    deb = DIST / f"panoh_{version()}_{architecture}.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(TREE), str(deb)], "Packing")
    return deb


def build_linux() -> None:
    """All steps, told as they go."""
    machine.ensure_system_packages()
    check_tools()
    python = machine.ensure_venv(BUILD / "venv", ROOT / "packaging" / "build.lock")
    packages = run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], "Asking Python")
    lay_out(freeze(python), Path(packages.strip()))
    try_out()
    deb = pack()
    unpacked = int(run(["du", "-sk", str(TREE)], "Measuring").split()[0])
    digest = hashlib.sha256(deb.read_bytes()).hexdigest()
    say(f"{deb.relative_to(ROOT)}: {deb.stat().st_size / 1e6:.1f} MB, {unpacked / 1024:.0f} MiB when installed")
    say(f"sha256 {digest}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("system", choices=["linux"])
    parser.parse_args()
    # Two builds of one commit shall not differ: same file times, same order of sets.
    code, time = machine.run_kept(["git", "log", "-1", "--format=%ct"])
    os.environ.setdefault("SOURCE_DATE_EPOCH", time.strip() if code == 0 else "315532800")
    os.environ.setdefault("PYTHONHASHSEED", "1")
    os.umask(0o022)
    try:
        build_linux()
    except MissingError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
