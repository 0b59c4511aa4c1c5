"""Settings of a later release, whose migrations of offices stand where LATER says."""

import os
import sys

from config.settings import *  # noqa: F403

sys.path.insert(0, os.environ["LATER_PLACE"])
MIGRATION_MODULES = {"offices": os.environ["LATER"]}
