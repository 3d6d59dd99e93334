"""Where in a TOML text a table or a key stands, so that a mistake in it can be named by its line."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[\s*([A-Za-z0-9_.\s-]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


class TomlLines:
    """The lines of the tables and keys of a TOML text. It reads plain tables and bare keys, which is all we write."""

    def __init__(self, text: str) -> None:
        self._text = text.splitlines()
        self._line: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        for number, line in enumerate(self._text, 1):
            if found := _TABLE.match(line):
                table = tuple(part.strip() for part in found[1].split("."))
                self._line.setdefault(table, number)
            elif found := _KEY.match(line):
                self._line.setdefault((*table, found[1]), number)

    def of(self, *path: str) -> int:
        """The line of a key or table, or of the nearest table around it; 1 when nothing of it stands in the text.

        A key that a variant takes over from its rule is found there.
        """
        if len(path) > 2 and path not in self._line and (path[0], path[-1]) in self._line:
            return self._line[path[0], path[-1]]
        while path and path not in self._line:
            path = path[:-1]
        return self._line.get(path, 1)

    def holding(self, text: str, *path: str) -> int:
        """The line at or after a key on which this text stands, for an item of a list over several lines."""
        start = self.of(*path)
        return next((n for n, line in enumerate(self._text[start - 1 :], start) if text in line), start)
