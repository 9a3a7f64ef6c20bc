"""What is done in the background, by `manage.py db_worker`. Each task can be run again at any time."""

from django_tasks import task

from employer_portal.notification_mails import mail_waiting


@task()
def mail_notifications() -> int:
    """Mail the notifications that wait, whoever's they are."""
    return mail_waiting()
