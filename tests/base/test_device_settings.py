from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.base.settings import LOCK_AFTER, TEXT_SIZES, THEMES, DeviceSettings, load, save

paths = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_nothing_kept_yet_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == DeviceSettings()


@pytest.mark.parametrize(
    "text",
    [
        *("", "theme = ", "theme = 'pink'\ntext_size = 3", "text_size = true", "\x00", "[theme]"),
        *("lock_after = true", "lock_after = 0", "lock_after = 1000", "capture_guard = 1"),
    ],
)
def test_a_broken_file_means_the_defaults(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    assert load(file) == DeviceSettings()


def test_one_wrong_value_does_not_cost_the_others(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "dark"\ntext_size = 101\nunknown = 1\n')
    assert load(file) == DeviceSettings(theme="dark")


@given(
    theme=st.sampled_from(THEMES),
    size=st.sampled_from(TEXT_SIZES),
    language=st.sampled_from(["", "ru", "uz_Cyrl"]),
    vault=paths,
    minutes=st.sampled_from(LOCK_AFTER),
    guarded=st.booleans(),
)
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory,
    theme: str,
    size: int,
    language: str,
    vault: str,
    minutes: int,
    guarded: bool,
) -> None:
    file = tmp_path_factory.getbasetemp() / "settings" / "settings.toml"
    kept = DeviceSettings(theme, size, language, vault, minutes, guarded)
    save(file, kept)
    assert load(file) == kept


def test_the_file_is_for_this_user_alone_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    save(file, DeviceSettings())
    save(file, DeviceSettings(theme="dark"))
    assert [one.name for one in file.parent.iterdir()] == ["settings.toml"]
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
