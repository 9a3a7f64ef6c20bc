"""Log lines without what people typed."""

import logging
import re
import traceback
from types import TracebackType

SIGNATURE = re.compile(r"(?<=[.:])[\w-]{43}(?=/|\s|$)")
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValuesFormatter(logging.Formatter):
    """Writes where an exception passed and its kind; its message may quote a personal value, so it is left out.

    The signature of a signed link is left out too: whoever has the whole link may answer for somebody.
    """

    def format(self, record: logging.LogRecord) -> str:
        return SIGNATURE.sub("…", super().format(record))

    def formatException(self, ei: ExceptionInfo) -> str:
        kind, _value, trace = ei
        frames = traceback.format_tb(trace)
        name = getattr(kind, "__name__", "")
        return "".join(["Traceback (most recent call last, message withheld):\n", *frames, name])
