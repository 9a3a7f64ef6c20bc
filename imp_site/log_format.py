"""Log lines without what people typed."""

import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValuesFormatter(logging.Formatter):
    """Writes where an exception passed and its kind; its message may quote a personal value, so it is left out."""

    def formatException(self, ei: ExceptionInfo) -> str:
        kind, _value, trace = ei
        frames = traceback.format_tb(trace)
        name = getattr(kind, "__name__", "")
        return "".join(["Traceback (most recent call last, message withheld):\n", *frames, name])
