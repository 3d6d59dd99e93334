"""What the decoding process says is not taken on trust."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

from panoh.base.errors import AppError
from panoh.exchange import pictures

_SAY = "import sys, struct, time; say = sys.stdout.buffer.write; "


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("", "picture.unreadable"),
        ("say(b'x')", "picture.unreadable"),
        ("say(struct.pack('<II', 2, 2) + bytes(11))", "picture.unreadable"),
        ("say(struct.pack('<II', 2, 2) + bytes(13))", "picture.unreadable"),
        ("say(struct.pack('<II', 0, 2))", "picture.unreadable"),
        ("say(struct.pack('<II', 1281, 1) + bytes(3 * 1281))", "picture.unreadable"),
        ("say(struct.pack('<II', 2, 2) + bytes(12)); sys.exit(3)", "picture.unreadable"),
        ("sys.exit(4)", "picture.too_large"),
        ("import os; os.abort()", "picture.unreadable"),
        ("while True: say(bytes(1 << 20))", "picture.unreadable"),
        ("sys.stdout.flush(); time.sleep(60)", "picture.unreadable"),
    ],
)
def test_a_process_that_a_picture_has_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: str
) -> None:
    path = tmp_path / "x.png"
    Image.new("RGB", (3, 3)).save(path)
    assert pictures.read_picture(path).width == 3
    monkeypatch.setattr(pictures, "MOST_SECONDS", 1.0)
    monkeypatch.setattr(pictures.child, "command", lambda *_module: [sys.executable, "-I", "-c", _SAY + program])
    with pytest.raises(AppError) as caught:
        pictures.read_picture(path)
    assert caught.value.code == code


def test_a_process_that_says_what_it_should_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"whatever")
    program = _SAY + "say(struct.pack('<II', 2, 2) + bytes(12))"
    monkeypatch.setattr(pictures.child, "command", lambda *_module: [sys.executable, "-I", "-c", program])
    assert (pictures.read_picture(path).width, pictures.read_picture(path).height) == (2, 2)
