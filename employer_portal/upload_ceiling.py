"""What keeps a huge upload from filling memory or disk: bytes beyond the largest file taken are let go as they come."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class UploadCeiling(FileUploadHandler):
    """Stands before the handlers that keep files; one too large arrives a byte too long, and is refused."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        left = settings.UPLOAD_MAX_BYTES + 1 - start
        return raw_data[:left] if left > 0 else None

    def file_complete(self, file_size: int) -> Any:
        """Leave the file to the next handler."""
        return None
