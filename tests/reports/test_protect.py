"""A PDF that leaves: AES-256, no metadata, no fonts from outside."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from tests.reports.example_summary import EXAMPLE

from panoh.domain.redaction import LEVELS, NAMED, SUPERVISOR
from panoh.reports.case_summary import render
from panoh.reports.protect import protect, scrub

PHRASE = "лестница apricot семь rivers"


@pytest.mark.parametrize("level", LEVELS)
def test_the_file_is_encrypted_with_aes_256(level: str, words_in: Callable[..., str]) -> None:
    locked = protect(render(EXAMPLE, level), PHRASE)
    with pikepdf.open(BytesIO(locked), password=PHRASE) as document:
        assert document.encryption.R == 6
        assert document.encryption.bits == 256
        assert document.encryption.stream_method == pikepdf.models.encryption.EncryptionMethod.aesv3
        assert document.user_password_matched
    assert "CRITICAL" in words_in(locked, password=PHRASE)
    assert b"Karimov" not in locked


def test_it_opens_with_the_passphrase_only() -> None:
    locked = protect(render(EXAMPLE, SUPERVISOR), PHRASE)
    for wrong in ("", "apricot", PHRASE.upper()):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(locked), password=wrong)


def test_letters_typed_in_two_ways_are_one_passphrase() -> None:
    locked = protect(render(EXAMPLE, SUPERVISOR), "и\u0306")
    with pikepdf.open(BytesIO(locked), password="й"):
        pass


@pytest.mark.parametrize("passphrase", ["", "щ" * 64])
def test_a_passphrase_that_the_format_cannot_hold_is_refused(passphrase: str) -> None:
    with pytest.raises(ValueError, match="127"):
        protect(b"", passphrase)


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_tells_who_made_it_or_when(level: str) -> None:
    for pdf, password in (
        (protect(render(EXAMPLE, level), None), ""),
        (protect(render(EXAMPLE, level), PHRASE), PHRASE),
    ):
        with pikepdf.open(BytesIO(pdf), password=password) as document:
            assert "/Info" not in document.trailer
            assert "/Metadata" not in document.Root
            assert "/Names" not in document.Root
        for word in (b"ReportLab", b"reportlab", b"Producer", b"CreationDate", b"pikepdf"):
            assert word not in pdf


def test_scrubbing_gives_the_same_bytes_for_the_same_paper() -> None:
    assert scrub(render(EXAMPLE, NAMED)) == scrub(render(EXAMPLE, NAMED))


def test_every_font_is_embedded() -> None:
    with pikepdf.open(BytesIO(render(EXAMPLE, SUPERVISOR))) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
