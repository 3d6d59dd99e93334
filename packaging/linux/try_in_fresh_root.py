"""Try Panoh in a fresh Debian root that has nothing but Python: the two commands, or the installer.

    sudo python3 packaging/linux/try_in_fresh_root.py commands           demo and test from a clone of this checkout
    sudo python3 packaging/linux/try_in_fresh_root.py deb FILE.deb       install it, self-check it without a network

Needs root and debootstrap. The mirror is the one this machine is set to; pip's settings and the certificates that
this machine trusts are copied in, so that packages come from where they come here. The root is removed afterwards
unless --keep is given; --base FOLDER starts from a root made before and leaves that one untouched.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
RELEASE = "bookworm"


def apt_sources() -> str:
    """The archive lines of this machine for the release, in apt's one-line form."""
    lines = []
    for old in [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*.list")]:
        if old.exists():
            lines += re.findall(r"^deb .*$", old.read_text(), re.MULTILINE)
    for new in Path("/etc/apt/sources.list.d").glob("*.sources"):
        for stanza in new.read_text().split("\n\n"):
            fields = dict(re.findall(r"^(\w+):\s*(.+)$", stanza, re.MULTILINE))
            suites = fields.get("Suites", "").split()
            lines += [f"deb {fields['URIs']} {suite} {fields['Components']}" for suite in suites]
    wanted = [re.sub(r"\[.*?\]\s*", "", line) for line in lines]
    return "".join(f"{line}\n" for line in wanted if f" {RELEASE}" in line)


def fresh_root(root: Path, base: Path | None) -> None:
    """A minimal Debian with Python and nothing else, which fetches packages as this machine does."""
    sources = apt_sources()
    if base:
        subprocess.run(["cp", "-a", f"{base}/.", str(root)], check=True)
    else:
        mirror = next(line.split()[1] for line in sources.splitlines() if f" {RELEASE} " in line)
        subprocess.run(["debootstrap", "--variant=minbase", RELEASE, str(root), mirror], check=True)
    (root / "etc/apt/sources.list").write_text(sources)
    for name in ("etc/resolv.conf", "etc/hosts", "etc/pip.conf"):
        if Path("/", name).exists():
            shutil.copy(Path("/", name), root / name)
    # Both: the first serves until the root installs its own ca-certificates, which then takes in the second.
    for folder in ("etc/ssl/certs", "usr/local/share/ca-certificates"):
        shutil.copytree(Path("/", folder), root / folder, dirs_exist_ok=True)
    settings = Path.home() / ".config/pip/pip.conf"
    if settings.exists():
        (root / "root/.config/pip").mkdir(parents=True, exist_ok=True)
        shutil.copy(settings, root / "root/.config/pip/pip.conf")


def variables() -> dict[str, str]:
    """The environment of a new user's shell, with this machine's pip settings, proxies and certificates."""
    passed = re.compile(r"PIP_|SSL_CERT_|.*_proxy$|REQUESTS_CA_BUNDLE$", re.IGNORECASE)
    kept = {name: value for name, value in os.environ.items() if passed.match(name)}
    return {
        **kept,
        "HOME": "/root",
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
    }


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """The kernel's folders inside the root, for as long as commands run there."""
    places = [("proc", "proc", []), ("/dev", "dev", ["--bind"]), ("tmpfs", "dev/shm", [])]
    done: list[Path] = []
    try:
        for source, place, options in places:
            kind = options or ["-t", source]
            subprocess.run(["mount", *kind, source, str(root / place)], check=True)
            done.append(root / place)
        yield
    finally:
        for mount in reversed(done):
            subprocess.run(["umount", str(mount)], check=False)


def inside(root: Path, command: str, *, network: bool = True) -> None:
    """Run a shell line in the root, showing it first; a failure ends the trial."""
    print(f"\n[fresh root{'' if network else ', no network'}] {command}", flush=True)
    apart = [] if network else ["unshare", "--net"]
    line = [*apart, "chroot", str(root), "sh", "-ec", command]
    code = subprocess.run(line, env=variables(), stdin=subprocess.DEVNULL, check=False).returncode
    if code:
        sys.exit(f"That failed with exit code {code}.")


def try_commands(root: Path, *, work_tree: bool) -> None:
    """Both commands of the README, in a clone (or in a copy of the work tree as it stands), with only python3 there."""
    if work_tree:
        listed = subprocess.run(
            ["git", "-C", str(CHECKOUT), "ls-files", "-zco", "--exclude-standard"], check=True, capture_output=True
        )
        names = [name for name in os.fsdecode(listed.stdout).split("\0") if (CHECKOUT / name).is_file()]
        for name in names:
            (root / "root/panoh" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, root / "root/panoh" / name)
    else:
        subprocess.run(["git", "clone", "-q", str(CHECKOUT), str(root / "root/panoh")], check=True)
    inside(root, "apt-get -qq update && apt-get -qq -y install --no-install-recommends python3 >/dev/null")
    inside(root, "cd /root/panoh && python3 packaging/dev.py demo")
    inside(root, "cd /root/panoh && python3 packaging/dev.py test")


def try_deb(root: Path, deb: Path) -> None:
    """Fetch what the package depends on, install the package itself without a network, and let it check itself."""
    shutil.copy(deb, root / "root/panoh.deb")
    depends = subprocess.run(["dpkg-deb", "-f", str(deb), "Depends"], check=True, capture_output=True, text=True).stdout
    names = " ".join(re.findall(r"(?:^|,)\s*([a-z0-9.+-]+)", depends))
    inside(root, "apt-get -qq update")
    inside(root, f"apt-get -qq -y install --no-install-recommends {names} >/dev/null")
    inside(root, "dpkg -i /root/panoh.deb", network=False)
    inside(root, "panoh-cli --version && panoh-cli self-check", network=False)
    inside(root, "QT_QPA_PLATFORM=offscreen panoh --demo --off-screen /tmp/demo && ls -l /tmp/demo", network=False)
    inside(root, "dpkg -r panoh && test ! -e /usr/lib/panoh", network=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["commands", "deb"])
    parser.add_argument("deb", nargs="?", type=Path, default=None)
    parser.add_argument("--base", type=Path, help="a root made before, to start from")
    parser.add_argument("--work-tree", action="store_true", help="copy the files as they stand, not the last commit")
    parser.add_argument("--keep", action="store_true", help="leave the root behind and say where it is")
    chosen = parser.parse_args()
    if chosen.what == "deb" and not chosen.deb:
        parser.error("which .deb?")
    root = Path(tempfile.mkdtemp(prefix="panoh-root-"))
    root.chmod(0o755)
    try:
        fresh_root(root, chosen.base)
        with mounted(root):
            if chosen.what == "deb":
                try_deb(root, chosen.deb)
            else:
                try_commands(root, work_tree=chosen.work_tree)
        print("\nAll of it worked in the fresh root.")
    finally:
        if chosen.keep:
            print(f"The root is kept: {root}")
        else:
            # --one-file-system: should a mount have stayed behind, nothing of this machine is touched.
            subprocess.run(["rm", "-rf", "--one-file-system", str(root)], check=False)


if __name__ == "__main__":
    main()
