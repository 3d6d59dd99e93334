"""What tests of papers share: the words of a PDF, read back from it, and a language with long words."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable

import pypdfium2
import pytest

from panoh.base import i18n

_CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувшщуз")


@pytest.fixture
def words_in() -> Callable[..., str]:
    """A function that reads the text of a PDF (or of one page, from 1), with single spaces."""

    def read(pdf: bytes, page: int = 0, password: str | None = None) -> str:
        with pypdfium2.PdfDocument(pdf, password=password) as document:
            numbers = [page - 1] if page else range(len(document))
            texts = []
            for number in numbers:
                one = document[number]
                text = one.get_textpage()
                texts.append(text.get_text_bounded())
                text.close()
                one.close()
        return re.sub(r"[\s\u00a0]+", " ", " ".join(texts).replace("\ufffe", ""))

    return read


class _LongWords(gettext.NullTranslations):
    """Every word of the paper in Cyrillic and 40 % longer, as no real language would be worse."""

    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{[^}]*\})", message)
        return "".join(part if part.startswith("{") else re.sub(r"[A-Za-z]+", self._longer, part) for part in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    @staticmethod
    def _longer(found: re.Match[str]) -> str:
        word = found.group()
        longer = (word + word[: round(len(word) * 0.4)].lower()).lower().translate(_CYRILLIC)
        return (
            longer.upper() if word.isupper() and len(word) > 1 else longer.capitalize() if word[0].isupper() else longer
        )


@pytest.fixture
def long_words(monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of a language whose words are long."""
    monkeypatch.setitem(i18n._catalogues, "ru", _LongWords())
    return "ru"
