"""Addresses of the company's profile, its branches, people and invitations, under one employer."""

from django.urls import URLPattern, path

from employer_portal.pages import branches, notifications, people, profile, tokens

urlpatterns: list[URLPattern] = [
    path("company/", profile.company, name="company"),
    path("company/edit/", profile.edit_profile, name="edit_profile"),
    path("company/history/", profile.history, name="profile_history"),
    path("company/contacts/add/", profile.edit_contact, name="add_contact"),
    path("company/contacts/<int:contact_id>/", profile.edit_contact, name="edit_contact"),
    path("company/contacts/<int:contact_id>/remove/", profile.delete_contact, name="remove_contact"),
    path("company/branches/add/", branches.edit_branch, name="add_branch"),
    path("company/branches/<uuid:branch_id>/", branches.edit_branch, name="edit_branch"),
    path("company/branches/<uuid:branch_id>/remove/", branches.delete_branch, name="remove_branch"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite_person, name="invite"),
    path("people/invitations/<int:invitation_id>/revoke/", people.revoke, name="revoke_invitation"),
    path("people/<int:membership_id>/", people.change_member, name="change_member"),
    path("people/<int:membership_id>/remove/", people.remove, name="remove_member"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.read_all, name="read_all"),
    path("notifications/settings/", notifications.notification_settings, name="notification_settings"),
    path("notifications/<int:notification_id>/", notifications.open_notification, name="open_notification"),
    path("company/tokens/", tokens.tokens, name="tokens"),
    path("company/tokens/<uuid:token_id>/revoke/", tokens.revoke, name="revoke_token"),
]
