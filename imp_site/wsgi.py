"""The WSGI entry; a server outside development refuses to start with unsafe settings."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp_site.settings")

if not settings.DEBUG:
    from imp_site.settings import refuse_unsafe

    refuse_unsafe()
application = get_wsgi_application()
