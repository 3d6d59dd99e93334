"""The two commands on a fresh machine: what they find missing, and the words they say."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """packaging/dev.py; its folder is not a package, because a library bears that name."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module("dev")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    return importlib.import_module("machine")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that stands for the whole PATH; `program` puts small shell programs there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


class TestPython:
    def test_the_first_file_is_readable_by_an_old_python(self) -> None:
        ast.parse((PACKAGING / "dev.py").read_text(), feature_version=(3, 6))

    def test_an_old_python_is_told_what_is_needed(self, dev: ModuleType) -> None:
        sentence = dev.python_problem((3, 6, 15), find=lambda _: None)
        assert sentence == "Python 3.11 or newer is needed; this is 3.6."

    def test_a_newer_one_beside_it_is_named(self, dev: ModuleType) -> None:
        sentence = dev.python_problem((3, 9, 2), find=lambda name: name if name == "python3.12" else None)
        assert "start the command with python3.12" in sentence

    @pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (4, 0, 0)])
    def test_a_new_one_is_no_problem(self, dev: ModuleType, version: tuple[int, int, int]) -> None:
        assert dev.python_problem(version) is None


class TestCommands:
    def test_the_tests_run_off_screen_with_what_was_added(self, dev: ModuleType) -> None:
        command, variables = dev.command_for("test", ["-k", "triage"], display=True)
        assert command == ["-m", "pytest", "-n", "2", "--dist", "worksteal", "-k", "triage"]
        assert variables == {"QT_QPA_PLATFORM": "offscreen"}

    def test_the_demo_opens_the_window_where_there_is_a_display(self, dev: ModuleType) -> None:
        assert dev.command_for("demo", [], display=True) == (["-m", "panoh.app", "--demo"], {})

    def test_without_a_display_the_demo_works_off_screen(self, dev: ModuleType) -> None:
        command, variables = dev.command_for("demo", [], display=False)
        assert command[:4] == ["-m", "panoh.app", "--demo", "--off-screen"]
        assert Path(command[4]).is_relative_to(dev.ROOT)
        assert variables == {"QT_QPA_PLATFORM": "offscreen"}

    def test_benchmarks_and_long_tests(self, dev: ModuleType) -> None:
        assert dev.command_for("bench", ["search"], display=True)[0] == ["-m", "tests.bench", "search"]
        assert dev.command_for("soak", [], display=True)[0] == ["-m", "pytest", "-m", "soak"]
        command, variables = dev.command_for("properties", ["-x"], display=True)
        assert command[-3:] == ["-m", "hypothesis and not soak", "-x"]
        assert int(variables["PANOH_EXAMPLES"]) > 1

    def test_no_display_variable_means_no_display(self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        assert not dev.display_answers()

    def test_a_dead_display_counts_as_none(self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setenv("DISPLAY", ":4093")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        assert not dev.display_answers()

    def test_without_a_command_the_help_is_shown(self, dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
        assert dev.main([]) == 2
        assert "dev.py demo" in capsys.readouterr().out

    def test_what_is_missing_ends_in_words_and_not_in_a_traceback(
        self, dev: ModuleType, machine: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def refuse() -> None:
            raise machine.MissingError("Nothing to be had.")

        monkeypatch.setattr(machine, "ensure_system_packages", refuse)
        assert dev.main(["test"]) == 1
        assert capsys.readouterr().err.strip() == "Nothing to be had."


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="apt is Linux's")
class TestSystemPackages:
    def test_what_does_not_load_is_named_by_its_package(self, machine: ModuleType) -> None:
        missing = machine.missing_packages(present=lambda name: "xcb" not in name, find_module=lambda _: object())
        assert missing == ["libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"]

    def test_the_half_of_venv_that_debian_keeps_apart(self, machine: ModuleType) -> None:
        missing = machine.missing_packages(present=lambda _: True, find_module=lambda name: name != "ensurepip" or None)
        assert missing == [f"python3.{sys.version_info.minor}-venv"]

    def test_a_library_that_no_system_has(self, machine: ModuleType) -> None:
        assert not machine.loads("libpanoh-has-no-such-library.so.1")

    def test_who_may_not_install_is_given_the_line(
        self, machine: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program(tools, "apt-get", "exit 0")
        program(tools, "sudo", "exit 1")
        monkeypatch.setattr("os.geteuid", lambda: 1000)
        monkeypatch.setattr(machine, "missing_packages", lambda: ["libegl1", "libgl1"])
        with pytest.raises(machine.MissingError) as told:
            machine.ensure_system_packages()
        line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libgl1"
        assert line in str(told.value).splitlines()[2]

    def test_where_there_is_no_apt_the_libraries_are_named(
        self, machine: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(machine, "missing_packages", lambda: ["libegl1"])
        with pytest.raises(machine.MissingError, match="On Debian their packages are called: libegl1"):
            machine.ensure_system_packages()

    @pytest.mark.parametrize(
        ("last_words", "reason"),
        [
            ("Err: Temporary failure resolving 'mirror.invalid'", "The network is down"),
            ("E: Could not get lock /var/lib/dpkg/lock-frontend", "Another program is installing packages"),
            ("E: Broken packages", "E: Broken packages"),
        ],
    )
    def test_apt_that_fails_ends_in_words(
        self, machine: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch, last_words: str, reason: str
    ) -> None:
        program(tools, "env", f'echo "{last_words}"; exit 100')
        program(tools, "apt-get", "exit 100")
        monkeypatch.setattr("os.geteuid", lambda: 0)
        monkeypatch.setattr(machine, "missing_packages", lambda: ["libegl1"])
        with pytest.raises(machine.MissingError) as told:
            machine.ensure_system_packages()
        assert reason in str(told.value)
        assert "install -y --no-install-recommends libegl1" in str(told.value)


class TestEnvironment:
    def test_the_stamp_follows_the_lock(self, machine: ModuleType, tmp_path: Path) -> None:
        lock = tmp_path / "a.lock"
        lock.write_text("one==1")
        before = machine.stamp_of(lock)
        lock.write_text("one==2")
        assert machine.stamp_of(lock) != before

    def test_an_environment_that_fits_is_left_alone(
        self, machine: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lock = tmp_path / "a.lock"
        lock.write_text("one==1")
        venv = tmp_path / "venv"
        python = machine.venv_python(venv)
        python.parent.mkdir(parents=True)
        python.touch()
        (venv / "panoh-stamp").write_text(machine.stamp_of(lock))
        ran: list[list[str]] = []
        monkeypatch.setattr(machine, "run_kept", lambda command, tell=None: ran.append(command) or (0, ""))
        assert machine.ensure_venv(venv, lock) == python
        assert [command[1:] for command in ran] == [["-m", "pip", "--version"]]

    def test_pythonpath_of_another_python_is_not_passed_on(
        self, machine: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONPATH", "elsewhere")
        assert "PYTHONPATH" not in machine.environment()
        assert machine.environment(A="b")["A"] == "b"

    def test_the_end_of_a_long_output_is_kept(self, machine: ModuleType) -> None:
        code, output = machine.run_kept([sys.executable, "-c", "[print(n) for n in range(2000)]; raise SystemExit(3)"])
        assert code == 3
        assert output.splitlines()[-1] == "1999"
        assert len(output.splitlines()) < 500

    def test_real_pip_without_a_network_is_told_in_plain_words(self, machine: ModuleType) -> None:
        # Port 9 of this very machine refuses: the same as no network, and nothing leaves the machine.
        command = [sys.executable, "-m", "pip", "install", "--isolated", "--retries=1", "--no-cache-dir"]
        command += ["--index-url", "http://127.0.0.1:9/", "--target", "nowhere", "reportlab==5.1.0"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        sentence = machine.pip_problem(done.stdout + done.stderr)
        assert "reportlab==5.1.0 could not be fetched" in sentence
        assert "What was fetched so far is kept" in sentence

    @pytest.mark.parametrize(
        ("output", "words"),
        [
            ("Collecting pikepdf==10.18.0\nERROR: [Errno 28] No space left on device", "The disk is full: pikepdf"),
            ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "its hash differs"),
            ("SSLError(... CERTIFICATE_VERIFY_FAILED ...)", "does not trust"),
            (
                "No version satisfies the requirement pyside6==6 (from versions: none)\nNo matching distribution",
                "no ready-made package of pyside6==6",
            ),
            ("ERROR: something new", "something new"),
        ],
    )
    def test_every_failure_of_pip_has_its_words(self, machine: ModuleType, output: str, words: str) -> None:
        assert words in machine.pip_problem(output)

    def test_pip_s_progress_is_told_in_short_lines(self, machine: ModuleType) -> None:
        assert machine.pip_step("Collecting lxml==6.1.3 (from -r requirements.lock (line 3))") == "  lxml 6.1.3"
        assert machine.pip_step("WARNING: Retrying (Retry(total=4))") == "  no answer, trying again"
        assert machine.pip_step("Using cached lxml.whl") is None
