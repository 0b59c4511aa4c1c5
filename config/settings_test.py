"""Settings of the test suite: the demonstration's, quicker and stricter."""

from config.settings import *  # noqa: F403
from config.settings import CACHES, TEMPLATES
from tests.strict import Undefined

TESTING = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CACHES = {"default": CACHES["default"]}
REQUIRE_SECOND_FACTOR = False
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
