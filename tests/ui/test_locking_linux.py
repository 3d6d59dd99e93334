"""What Linux says, over a real bus of its own on which somebody plays logind, UPower and a screen saver."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if sys.platform != "linux":
    pytest.skip("D-Bus is of Linux", allow_module_level=True)

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

from panoh.ui.locking.linux import LinuxWatch

LOGIN, MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
SESSION = f"{MANAGER}/session/c7"
POWER, POWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Services(QDBusVirtualObject):
    """Answers as logind and UPower do."""

    def __init__(self) -> None:
        super().__init__()
        self.state = {"Active": True, "IdleHint": False, "LidIsPresent": True, "LidIsClosed": False}
        self.waits: list[int] = []  # our end of each pipe that somebody holds open until sleep may come

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, bus: QDBusConnection) -> bool:  # noqa: N802
        answer: Any
        if message.member() == "GetSession" and message.arguments() == ["7"]:
            answer = QDBusObjectPath(SESSION)
        elif message.member() == "Get":
            answer = QDBusVariant(self.state[message.arguments()[1]])
        elif message.member() == "Inhibit":
            assert message.arguments()[0] == "sleep"
            assert message.arguments()[3] == "delay"
            ours, theirs = os.pipe()
            os.set_blocking(ours, False)
            answer = QDBusUnixFileDescriptor(theirs)
            os.close(theirs)
            self.waits.append(ours)
        else:
            return False
        return bool(bus.send(message.createReply(answer)))


class Bus:
    """The services' side of the bus."""

    def __init__(self, address: str) -> None:
        self.address, self.services = address, Services()
        self.mine = QDBusConnection.connectToBus(address, "services")
        for name in (LOGIN, POWER, "org.gnome.ScreenSaver"):
            assert self.mine.registerService(name)
        option = QDBusConnection.VirtualObjectRegisterOption.SubPath
        for path in (MANAGER, POWER_PATH):
            assert self.mine.registerVirtualObject(path, self.services, option)

    def say(self, path: str, interface: str, name: str, *arguments: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(arguments))
        assert self.mine.send(signal)

    def change(self, path: str, interface: str, **state: bool) -> None:
        self.services.state.update(state)
        self.say(path, PROPERTIES, "PropertiesChanged", interface, dict(state), [])

    @property
    def sleep_waits(self) -> bool:
        """Whether somebody still holds the last pipe open."""
        try:
            return os.read(self.services.waits[-1], 1) != b""
        except BlockingIOError:
            return True


@pytest.fixture
def bus(dressed: QApplication) -> Iterator[Bus]:
    if not shutil.which("dbus-daemon"):
        pytest.skip("there is no dbus-daemon here")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        made = Bus(daemon.stdout.readline().strip())
        yield made
        for ours in made.services.waits:
            os.close(ours)
        QDBusConnection.disconnectFromBus("services")
        daemon.terminate()


class Watch:
    def __init__(self, app: QApplication, bus: Bus) -> None:
        self.told: list[str] = []
        system = QDBusConnection.connectToBus(bus.address, "watch")
        self.parent = QObject(app)
        self.watch = LinuxWatch(self.parent, system, system, "7")
        self.watch.told.connect(self.told.append)


@pytest.fixture
def watch(dressed: QApplication, bus: Bus, qtbot: QtBot) -> Iterator[Watch]:
    made = Watch(dressed, bus)
    qtbot.waitUntil(lambda: made.watch.known == {"screen", "lid", "sleep", "switched"})
    yield made
    made.parent.deleteLater()
    QDBusConnection.disconnectFromBus("watch")


@pytest.mark.parametrize(
    ("path", "interface", "name", "told"),
    [
        (MANAGER, f"{LOGIN}.Manager", "PrepareForSleep", "sleep"),
        (SESSION, f"{LOGIN}.Session", "Lock", "screen"),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", "screen"),
    ],
)
def test_a_signal_locks(watch: Watch, bus: Bus, qtbot: QtBot, path: str, interface: str, name: str, told: str) -> None:
    bus.say(path, interface, name, *([] if name == "Lock" else [True]))
    qtbot.waitUntil(lambda: watch.told == [told])
    if name != "Lock":
        bus.say(path, interface, name, False)
        bus.say(path, interface, name, True)
        qtbot.waitUntil(lambda: watch.told == [told] * 2)


@pytest.mark.parametrize(
    ("path", "interface", "state", "told"),
    [
        (SESSION, f"{LOGIN}.Session", {"Active": False}, "switched"),
        (SESSION, f"{LOGIN}.Session", {"IdleHint": True}, "system_idle"),
        (POWER_PATH, POWER, {"LidIsClosed": True}, "lid"),
    ],
)
def test_a_state_that_changed_locks(
    watch: Watch, bus: Bus, qtbot: QtBot, path: str, interface: str, state: dict[str, bool], told: str
) -> None:
    bus.change(path, interface, LidIsPresent=True)  # something else
    bus.change(path, interface, **state)
    qtbot.waitUntil(lambda: told in watch.told)
    assert set(watch.told) == {told}


def test_sleep_waits_until_the_vault_is_locked(watch: Watch, bus: Bus, qtbot: QtBot) -> None:
    watch.watch.unlocked()
    qtbot.waitUntil(lambda: bool(bus.services.waits) and watch.watch._delay >= 0)
    assert bus.sleep_waits
    watch.watch.locked()
    qtbot.waitUntil(lambda: not bus.sleep_waits)
    watch.watch.unlocked()
    qtbot.waitUntil(lambda: len(bus.services.waits) == 2 and watch.watch._delay >= 0)
    assert bus.sleep_waits


def test_other_sessions_and_other_senders_lock_nothing(watch: Watch, bus: Bus, qtbot: QtBot) -> None:
    stranger = QDBusConnection.connectToBus(bus.address, "stranger")
    signal = QDBusMessage.createSignal(MANAGER, f"{LOGIN}.Manager", "PrepareForSleep")
    signal.setArguments([True])
    assert stranger.send(signal)
    bus.say(f"{MANAGER}/session/c8", f"{LOGIN}.Session", "Lock")
    bus.say("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    qtbot.waitUntil(lambda: bool(watch.told))
    assert watch.told == ["screen"]
    QDBusConnection.disconnectFromBus("stranger")


def test_without_a_bus_nothing_is_known_and_nothing_fails(dressed: QApplication) -> None:
    parent = QObject(dressed)
    nowhere = QDBusConnection.connectToBus("unix:path=/nowhere/at/all", "nowhere")
    watch = LinuxWatch(parent, nowhere, nowhere, "7")
    watch.unlocked()
    watch.locked()
    assert watch.known == set()
    parent.deleteLater()
