"""Queues that consultants keep under a name: their own, and those that colleagues share. The only writer of them."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from eligibility.models import SavedQueue


def saved_queues(user: Any) -> QuerySet[SavedQueue]:
    """Those of a user, and those shared with everybody."""
    return SavedQueue.objects.filter(Q(owner=user.pk) | Q(is_shared=True)).order_by("name", "pk")


def save_queue(user: User, name: str, query: str, is_shared: bool) -> SavedQueue:
    """Keep filters under a name; the same name again replaces them."""
    saved, _is_new = SavedQueue.objects.update_or_create(
        owner=user, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return saved
