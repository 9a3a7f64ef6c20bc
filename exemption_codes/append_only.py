"""Rows that are written once: the model refuses changes; triggers in the database (append_only_triggers) do too."""

from typing import Any

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete what is only ever added to: a fault in the code, never a person's."""

    def __init__(self, model: str) -> None:
        super().__init__(f"{model} rows are never changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses to change or delete; `bulk_update` goes through `update`."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnlyError(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(self.model.__name__)


class AppendOnlyManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    pass


class AppendOnly(models.Model):
    """The base of such a model; its manager is an AppendOnlyManager, or made from such a queryset."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(type(self).__name__)
