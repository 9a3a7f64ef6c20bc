"""The pages for staff, found here by Django."""

from employer_portal.staff import acting_lists, lists, offers_admin

__all__ = ["acting_lists", "lists", "offers_admin"]
