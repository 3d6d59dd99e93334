"""Names for the kinds of arrays. numpy types what comes out of arithmetic as anything, so only what they hold is named."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]  # whole numbers: rows, people, sounds, days since 1970
Levels = NDArray[Any]  # small whole numbers: levels, distances in hundredths
Floats = NDArray[Any]
Marks = NDArray[Any]  # 64 marks in one number
Bools = NDArray[np.bool_]
