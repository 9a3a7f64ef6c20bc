"""What the pages for staff share: looking without touching."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """An admin whose rows are read by those who may view them, and changed by nobody."""

    def has_add_permission(self, request: HttpRequest, *_rest: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
