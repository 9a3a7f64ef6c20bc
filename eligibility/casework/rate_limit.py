"""A limit on how often something may be done, counted in the cache."""

from django.core.cache import cache


def is_over(key: str, most: int, seconds: int) -> bool:
    """Count one more; tell whether that is more than so many within the time."""
    name = f"casework:{key}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) > most
    except ValueError:  # expired between the two
        cache.set(name, 1, seconds)
        return False
