import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from tenants import roles  # noqa: E402
from tenants.backend import base  # noqa: E402

# Whatever a thread does outside a request, it does with the fewest rights.
base.default_role = roles.APP
