import hashlib

from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.contrib.staticfiles.storage import staticfiles_storage

# Libraries bring them along; no page of ours asks for them.
LEFT_OUT = ["*.map", "redoc", "rest_framework", "htmx-2*", "htmax*"]
MARK = "collected"


class Command(collectstatic.Command):
    help = (
        collectstatic.Command.help + " Leaves out what no page uses; does nothing when no file has changed since the last time."
    )

    def set_options(self, **options):
        super().set_options(**options)
        self.ignore_patterns += LEFT_OUT

    def collect(self):
        fingerprint = self.fingerprint()
        if not self.dry_run and staticfiles_storage.exists(MARK) and staticfiles_storage.open(MARK, "r").read() == fingerprint:
            return {"modified": [], "unmodified": [], "skipped": [], "deleted": [], "post_processed": []}
        report = super().collect()
        if not self.dry_run:
            with staticfiles_storage.open(MARK, "w") as file:
                file.write(fingerprint)
        return report

    def fingerprint(self) -> str:
        digest = hashlib.sha256(staticfiles_storage.__class__.__qualname__.encode())
        for finder in get_finders():
            for path, storage in finder.list(self.ignore_patterns):
                digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
        return digest.hexdigest()
