"""Shift three times, told apart from everything else that Shift is pressed for; and nobody being there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from panoh.base.clock import Clock
from panoh.ui.locking.idle import JUMP, WARNED_FOR, IdleWatch
from panoh.ui.locking.quick_hide import HELD, WITHIN, ThreeShifts

SHIFT, ALT, CTRL, LETTER = Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Control, Qt.Key.Key_A
_MODIFIER = {ALT: Qt.KeyboardModifier.AltModifier, CTRL: Qt.KeyboardModifier.ControlModifier}
CLICK = 0


@dataclass(frozen=True)
class Event:
    """A key or a click, how long after the one before."""

    key: int
    down: bool
    after: float


def fires(events: list[Event]) -> list[int]:
    """Tell the events, each as often as Qt shows it; after which of them everything was hidden."""
    shifts, at, held, found = ThreeShifts(), 0.0, set[int](), list[int]()
    for n, event in enumerate(events):
        at += event.after
        modifiers = Qt.KeyboardModifier.NoModifier
        for key in held:
            modifiers |= _MODIFIER.get(Qt.Key(key), Qt.KeyboardModifier.NoModifier)
        for _target in range(3):
            if event.key == CLICK:
                shifts.disturbed()
            elif event.down:
                shifts.pressed(event.key, modifiers, at)
            elif shifts.released(event.key, at):
                found.append(n)
        (held.add if event.down else held.discard)(event.key)
    return found


def tap(key: int, *, held: float = 0.1, after: float = 0.1) -> list[Event]:
    return [Event(key, True, after), Event(key, False, held)]


def test_three_in_a_row_hide() -> None:
    assert fires(tap(SHIFT) * 3) == [5]
    assert fires(tap(SHIFT) * 6) == [5, 11]


@pytest.mark.parametrize(
    "events",
    [
        tap(SHIFT) * 2,
        [*tap(SHIFT), *tap(SHIFT), *tap(LETTER), *tap(SHIFT)],
        tap(SHIFT, held=HELD + 0.1) * 5,
        tap(SHIFT, after=WITHIN / 2) * 5,
        [Event(ALT, True, 0), *tap(SHIFT) * 4, Event(ALT, False, 0)],
        [Event(ALT, True, 0.1), Event(SHIFT, True, 0), Event(ALT, False, 0.05), Event(SHIFT, False, 0)] * 4,
        [Event(SHIFT, True, 0.1), Event(ALT, True, 0), Event(SHIFT, False, 0.05), Event(ALT, False, 0)] * 4,
        [Event(CTRL, True, 0.1), Event(SHIFT, True, 0), Event(SHIFT, False, 0.05), Event(CTRL, False, 0)] * 4,
        [Event(SHIFT, True, 0.1), *tap(LETTER, held=0.05, after=0.05), Event(SHIFT, False, 0.05)] * 4,
        [Event(SHIFT, True, 0.1), Event(CLICK, True, 0.05), Event(SHIFT, False, 0.05)] * 4,
        [Event(SHIFT, True, 0.1)] * 10,
    ],
    ids="two letter held slow alt-down alt-first alt-second ctrl capitals click pressed-only".split(),
)
def test_nothing_else_does(events: list[Event]) -> None:
    assert fires(events) == []


def test_a_key_that_repeats_is_held() -> None:
    shifts = ThreeShifts()
    for at in range(5):
        shifts.pressed(SHIFT, Qt.KeyboardModifier.ShiftModifier, at / 5)
        shifts.pressed(SHIFT, Qt.KeyboardModifier.ShiftModifier, at / 5 + 0.05, repeated=True)
        assert not shifts.released(SHIFT, at / 5 + 0.1)


def test_a_release_that_went_elsewhere_costs_one_press_at_most() -> None:
    lost = [Event(SHIFT, True, 0)]
    assert fires([*lost, Event(SHIFT, True, 5), Event(SHIFT, False, 0.1), *tap(SHIFT) * 2]) != []


events_of_any_kind = st.lists(
    st.builds(
        Event,
        st.sampled_from([SHIFT, SHIFT, SHIFT, ALT, CTRL, LETTER, CLICK]),
        st.booleans(),
        st.sampled_from([0.0, 0.05, 0.1, 0.3, 0.5, 2.0]),
    ),
    max_size=40,
)


@given(events=events_of_any_kind)
def test_whatever_comes_it_hides_only_after_three_shifts_alone(events: list[Event]) -> None:
    """The last six events before it hides, leaving out what Qt repeats, are three Shifts down and up, close together."""
    times = [sum(event.after for event in events[: n + 1]) for n in range(len(events))]
    for n in fires(events):
        row, down = list[int](), False
        for at in range(n, -1, -1):
            event = events[at]
            assert event.key == SHIFT, "another key or a click stood between"
            if event.down != down:  # a press that was told twice, or a release without a press, is no tap
                continue
            row.append(at)
            down = not down
            if len(row) == 6:
                break
        assert len(row) == 6
        assert times[row[0]] - times[row[-1]] <= WITHIN + HELD + 0.001


@given(events=events_of_any_kind)
def test_three_taps_after_a_pause_always_hide(events: list[Event]) -> None:
    released = [Event(key, False, 0) for key in (ALT, CTRL, LETTER, SHIFT)]
    assert (len(events) + 4 + 5) in fires([*events, *released, *tap(SHIFT, after=2.0), *tap(SHIFT), *tap(SHIFT)])


# --- nobody there -----------------------------------------------------------------------------------------------------


class Times(Clock):
    """Two clocks that a test moves."""

    wall = steady = 0.0

    def ticks(self) -> tuple[float, float]:
        return self.wall, self.steady


class Watch:
    """An IdleWatch over such clocks, and what it told."""

    def __init__(self, app: QApplication, minutes: int = 1) -> None:
        self.times, self.minutes = Times(), minutes
        self.left: list[int] = []
        self.over: list[str] = []
        self.parent = QObject(app)
        self.idle = IdleWatch(lambda: self.minutes, self.times, self.parent)
        self.idle.left.connect(self.left.append)
        self.idle.over.connect(self.over.append)
        self.idle.start()

    def go_on(self, seconds: float, *, asleep: float = 0.0) -> None:
        """One tick after so many seconds; while asleep only the wall's clock goes."""
        self.times.wall += seconds + asleep
        self.times.steady += seconds
        self.idle.tick()


@pytest.fixture
def watch(dressed: QApplication) -> Watch:
    return Watch(dressed)


def test_half_a_minute_is_told_second_by_second_and_then_it_is_over(watch: Watch) -> None:
    for _second in range(59):
        watch.go_on(1)
    assert watch.left == list(range(WARNED_FOR, 0, -1))
    assert watch.over == []
    watch.go_on(1)
    assert watch.over == ["idle"]


def test_a_key_ends_the_warning_and_begins_anew(watch: Watch) -> None:
    for _second in range(40):
        watch.go_on(1)
    watch.idle.touch()
    assert watch.left[-1] == 0
    told = len(watch.left)
    for _second in range(29):
        watch.go_on(1)
    assert (len(watch.left), watch.over) == (told, [])


def test_a_shorter_time_holds_at_once(watch: Watch) -> None:
    watch.minutes = 5
    for _second in range(61):
        watch.go_on(1)
    assert watch.over == []
    watch.minutes = 1
    watch.go_on(1)
    assert watch.over == ["idle"]


@pytest.mark.parametrize(("seconds", "asleep"), [(1, 600), (1, -600), (600, 0), (JUMP + 2, 0)])
def test_a_clock_that_jumped_means_sleep(watch: Watch, seconds: float, asleep: float) -> None:
    watch.idle.touch()
    watch.go_on(seconds, asleep=asleep)
    assert watch.over == ["sleep"]


def test_a_busy_second_or_a_clock_put_right_by_little_locks_nothing(watch: Watch) -> None:
    watch.go_on(3)
    watch.go_on(1, asleep=2)
    watch.go_on(1, asleep=-2)
    assert watch.over == []
