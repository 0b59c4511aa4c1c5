"""Settings by which django-tenants works its own way: its database engine and routers, nothing of ours in between."""

import os
import sys

from config.settings import *  # noqa: F403
from config.settings import DATABASES

DATABASES["default"]["ENGINE"] = "django_tenants.postgresql_backend"
TENANT_LIMIT_SET_CALLS = False
if "LATER" in os.environ:
    sys.path.insert(0, os.environ["LATER_PLACE"])
    MIGRATION_MODULES = {"offices": os.environ["LATER"]}
