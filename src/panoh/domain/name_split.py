"""A name as it was said, in its parts: which words are the given name, the family name, the father's name."""

from __future__ import annotations

from collections.abc import Sequence

from panoh.domain.name_parts import FAMILY, FATHER, GIVEN, FullName, is_child_of, read_name


def split_full_name(text: str) -> FullName:
    """A name as it was said, in its parts and spelled as typed. One word alone is a given name.

    Endings and 'o'g'li', 'кызы' tell family and father's name. Where none does, the order of documents counts, family
    name first, unless only the first word is a known given name.
    """
    words = text.split()
    roles = [_role(words, at) for at in range(len(words))]
    free = [at for at, role in enumerate(roles) if not role]
    if FAMILY not in roles and len(free) >= 2:
        given_first = _is_known(words[free[0]]) and not _is_known(words[free[1]])
        roles[free[-1] if given_first else free[0]] = FAMILY
    if len(words) == 1:
        roles = [GIVEN]
    return FullName(
        given=" ".join(word for word, role in zip(words, roles, strict=True) if role in (GIVEN, "")),
        family=" ".join(word for word, role in zip(words, roles, strict=True) if role == FAMILY),
        patronymic=" ".join(word for word, role in zip(words, roles, strict=True) if role == FATHER),
    )


def _role(words: Sequence[str], at: int) -> str:
    """The role of one word that was typed: '' if neither its ending nor the word behind it tells."""
    after = words[at + 1] if at + 1 < len(words) else ""
    if (at and is_child_of(words[at])) or (after and is_child_of(after) and not is_child_of(words[at])):
        return FATHER
    name = read_name(words[at])
    return FATHER if name.father else name.parts[0].role if name.parts else ""


def _is_known(word: str) -> bool:
    return any(part.known for part in read_name(word).parts)
