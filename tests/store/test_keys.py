"""Slots open for their owner and for nobody else; a damaged key file is repaired or told in words."""

from __future__ import annotations

import json
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.store.small_vault import CHEAP, NAME, PASSPHRASE, add, files, flip, mended

from panoh.base.errors import AppError
from panoh.base.ids import new_id
from panoh.store import keyfile, keys, slots
from panoh.store.folder import VaultFolder
from panoh.store.keys import Kdf, StoreKey, Unlocked
from panoh.store.passphrase import generate_passphrase, weak

OTHER = "tog' shamol kitob anor"


@pytest.fixture
def folder(tmp_path: Path) -> VaultFolder:
    return VaultFolder.make(tmp_path / "vault")


@pytest.fixture
def first(folder: VaultFolder) -> Unlocked:
    return keys.create(folder, NAME, PASSPHRASE, CHEAP)


def code(call: object, *args: object) -> str:
    with pytest.raises(AppError) as told:
        call(*args)  # type: ignore[operator]
    assert told.value.sentence()
    return told.value.code


def test_the_standard_cost_is_written_and_opens(folder: VaultFolder) -> None:
    made = keys.create(folder, NAME, PASSPHRASE)
    assert json.loads(folder.key.read_bytes())["kdf"] == {"name": "argon2id", "operations": 3, "memory": 128 * 2**20}
    assert keys.unlock(folder, NAME, PASSPHRASE) == made


def test_what_is_unlocked_is_what_was_made(folder: VaultFolder, first: Unlocked) -> None:
    assert keys.unlock(folder, NAME, PASSPHRASE) == first
    assert len(first.key.hex96()) == 96
    assert len(first.public_key) == 32
    assert first.key.derive("journal") != first.key.derive("key file")
    assert not first.by_recovery


def test_nothing_shows_the_key(first: Unlocked) -> None:
    shown = repr(first) + repr(first.key)
    for secret in (first.key.key, first.key.salt, first.secret_key):
        assert secret.hex() not in shown
        assert repr(secret) not in shown


def test_files_tell_nothing_of_the_users(folder: VaultFolder, first: Unlocked) -> None:
    add(folder, first, "Алишер", OTHER, new_id())
    slots.make_recovery(folder, first)
    content = folder.key.read_bytes()
    for word in (NAME, NAME.casefold(), "Алишер", first.user_id, first.key.key.hex(), first.secret_key.hex()):
        assert word.encode() not in content
    kept = json.loads(content)["slots"]
    assert len({tuple(sorted((name, len(text)) for name, text in slot.items())) for slot in kept}) == 1
    assert [slot["id"] for slot in kept] == sorted(slot["id"] for slot in kept)
    assert {path.stat().st_mode & 0o777 for path in (folder.key, folder.mirror)} == {0o600}


@pytest.mark.parametrize("name", [NAME.upper(), f"  {NAME.lower()} ", unicodedata.normalize("NFD", NAME)])
def test_a_name_may_be_typed_in_any_case_and_form(folder: VaultFolder, first: Unlocked, name: str) -> None:
    assert keys.unlock(folder, name, PASSPHRASE) == first


def test_a_passphrase_in_another_composition_is_the_same(folder: VaultFolder) -> None:
    keys.create(folder, NAME, "зелёный чай утром й", CHEAP)
    keys.unlock(folder, NAME, unicodedata.normalize("NFD", "зелёный чай утром й"))


@pytest.mark.parametrize(
    ("name", "passphrase"), [(NAME, "wrong"), ("Nodira", PASSPHRASE), ("", PASSPHRASE), (NAME, "")]
)
def test_a_wrong_name_or_passphrase_changes_nothing(
    folder: VaultFolder, first: Unlocked, name: str, passphrase: str
) -> None:
    before = files(folder.path)
    assert code(keys.unlock, folder, name, passphrase) == "vault.wrong_passphrase"
    assert files(folder.path) == before


def test_name_and_passphrase_do_not_run_together(folder: VaultFolder) -> None:
    keys.create(folder, "ab", "c olma daryo bulut", CHEAP)
    assert code(keys.unlock, folder, "abc", " olma daryo bulut") == "vault.wrong_passphrase"


def test_every_byte_of_the_key_file(folder: VaultFolder, first: Unlocked) -> None:
    good = folder.key.read_bytes()
    for at in range(len(good)):
        flip(folder.key, at, at % 8)
        opened = keys.unlock(folder, NAME, PASSPHRASE)
        assert opened.key == first.key
        assert mended(folder, opened), at
        assert folder.key.read_bytes() == folder.mirror.read_bytes() == good


def test_every_byte_of_both_key_files(folder: VaultFolder, first: Unlocked) -> None:
    good = folder.key.read_bytes()
    for at in range(len(good)):
        for path in (folder.key, folder.mirror):
            path.write_bytes(good)
            flip(path, at, at % 8)
        assert code(keys.unlock, folder, NAME, PASSPHRASE) == "vault.key_damaged"


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b"null", b"\xff\xfe", b'{"checksum":""}', None])
def test_a_copy_that_is_no_key_file(folder: VaultFolder, first: Unlocked, content: bytes | None) -> None:
    for path in (folder.mirror, folder.key):
        path.unlink() if content is None else path.write_bytes(content)
        assert mended(folder, keys.unlock(folder, NAME, PASSPHRASE))
        assert folder.key.read_bytes() == folder.mirror.read_bytes()
    for path in (folder.mirror, folder.key):
        path.unlink() if content is None else path.write_bytes(content)
    assert code(keys.unlock, folder, NAME, PASSPHRASE) == "vault.key_damaged"


def forge(path: Path, change: str, value: object) -> None:
    """Edit a key file as someone would who knows the format and not the key."""
    content = json.loads(path.read_bytes())
    del content["checksum"]
    if change in content:
        content[change] = value
    else:
        content["kdf"][change] = value
    line = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    content["checksum"] = sha256(line).hexdigest()
    path.write_bytes(json.dumps(content, sort_keys=True, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("memory", 2**40),
        ("memory", 8193),
        ("memory", "much"),
        ("operations", 2),
        ("operations", 10**9),
        ("operations", 1.0),
        ("generation", 99),
        ("generation", "99"),
        ("slots", []),
        ("slots", [{"id": "00"}]),
        ("slots", None),
        ("salt", "00" * 16),
        ("vault", "0" * 32),
        ("vault", 7),
        ("mac", "00" * 32),
    ],
)
def test_an_edited_file_is_not_believed(folder: VaultFolder, first: Unlocked, change: str, value: object) -> None:
    good = folder.key.read_bytes()
    forge(folder.key, change, value)
    opened = keys.unlock(folder, NAME, PASSPHRASE)
    assert (opened.key, mended(folder, opened)) == (first.key, True)
    assert folder.key.read_bytes() == good
    forge(folder.key, change, value)
    forge(folder.mirror, change, value)
    assert code(keys.unlock, folder, NAME, PASSPHRASE) in {"vault.wrong_passphrase", "vault.key_damaged"}


def test_a_key_file_of_a_newer_format(folder: VaultFolder, first: Unlocked) -> None:
    forge(folder.key, "format", 3)
    assert code(keys.unlock, folder, NAME, PASSPHRASE) == "vault.newer"


def test_the_cost_of_a_guess_has_bounds() -> None:
    for operations, memory in ((1, 128 * 2**20), (3, 8192), (3, 2**40), (11, 128 * 2**20)):
        with pytest.raises(ValueError, match="bounds"):
            Kdf(operations, memory)
    with pytest.raises(ValueError, match="length"):
        StoreKey(b"short", b"short")


def test_a_vault_is_not_made_over_another(folder: VaultFolder, first: Unlocked) -> None:
    before = files(folder.path)
    assert code(keys.create, folder, NAME, PASSPHRASE, CHEAP) == "vault.exists"
    assert files(folder.path) == before


@pytest.mark.parametrize("typed", ["", "-", "ABCD", "нет", "🌍" * 32])
def test_what_is_no_recovery_text(folder: VaultFolder, first: Unlocked, typed: str) -> None:
    assert code(keys.unlock_recovery, folder, typed) == "vault.wrong_recovery"


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "short",
        "a b c d",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "password password",
        "123456789012345",
        "12.06.1990",
        "abcdefghijklmnop",
        "qwertyuiopasdf",
        "йцукенгшщзхъ",
        "zyxwvutsrqponml",
        "one two one two one two",
        "996555123456",
    ],
)
def test_too_easy_to_guess(folder: VaultFolder, passphrase: str) -> None:
    assert weak(passphrase)
    assert code(keys.create, folder, NAME, passphrase, CHEAP) == "vault.weak_passphrase"
    assert not files(folder.path)


@pytest.mark.parametrize(
    "passphrase", [PASSPHRASE, "non sut tuz olma", "7mK-qP2x-Lw9v", "тўрт сўз керак эди", "ไม่มีใครเดาได้หรอก"]
)
def test_hard_enough(passphrase: str) -> None:
    assert not weak(passphrase)


def test_generated_passphrases_are_strong() -> None:
    words = [
        f"{a}{b}{c}{d}" for a in "bdgk" for b in "aeiou" for c in "lmnrst" for d in ("ova", "ita", "uno", "eke", "avi")
    ]
    words += [word[::-1] for word in words]
    made = {generate_passphrase(words, 6) for _ in range(50)}
    assert len(made) == 50
    assert not any(weak(passphrase) for passphrase in made)
    with pytest.raises(ValueError, match="too short"):
        generate_passphrase(["olma", "anor"] * 1000)
    with pytest.raises(ValueError, match="too short"):
        generate_passphrase([])


@examples(60, share_fixtures=True)
@given(raw=st.binary(max_size=400))
def test_no_bytes_make_a_key_file_by_chance(raw: bytes) -> None:
    assert keyfile.KeyFile.from_bytes(raw) is None


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(lambda text: text.strip())


@examples(40, share_fixtures=True)
@given(name=names, extra=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_name_and_passphrase_open_what_they_made(
    tmp_path_factory: pytest.TempPathFactory, name: str, extra: str
) -> None:
    folder = VaultFolder.make(tmp_path_factory.mktemp("keys") / "vault")
    made = keys.create(folder, name, PASSPHRASE + extra, CHEAP)
    assert keys.unlock(folder, f" {name} ", unicodedata.normalize("NFD", PASSPHRASE + extra)) == made
    assert code(keys.unlock, folder, name, PASSPHRASE + extra + "!") == "vault.wrong_passphrase"
