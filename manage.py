#!/usr/bin/env python
"""Loket's commands: ``python manage.py help``. Where none runs, the embedded database is started for the command."""

import os
import sys

WITHOUT_DATABASE = {"check", "collectstatic", "compilemessages", "help", "makemessages", "makemigrations", "spectacular"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if os.environ.get("DATABASE_URL") or command in WITHOUT_DATABASE:
        execute_from_command_line(sys.argv)
        return
    from config import embedded, environment

    try:
        with embedded.running(environment.HOME):
            execute_from_command_line(sys.argv)
    except embedded.DatabaseFailed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
