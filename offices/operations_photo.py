"""Writes of an office's photograph. Rights are asked by who calls (access)."""

import datetime

from django.db import transaction

from accounts.members import Member
from offices.models import Office, OfficePhoto
from offices.operations import OfficeClosed
from portal import images


def set_photo(*, office: Office, content: bytes, by: Member, at: datetime.datetime) -> OfficePhoto:
    """Keep the photograph in an uploaded file, in place of any other. Raises ImageRefused, OfficeClosed."""
    photo = images.read(content)
    with transaction.atomic():
        row = Office.objects.select_for_update(no_key=True).get(pk=office.pk)
        if row.closed_on is not None and row.closed_on <= by.tenant.today(at):
            raise OfficeClosed
        kept = OfficePhoto.objects.filter(office=row).first()
        if kept is not None and kept.sha256 == photo.sha256:
            return kept
        values = {"content": photo.content, "sha256": photo.sha256, "width": photo.width, "height": photo.height}
        return OfficePhoto.objects.update_or_create(office=row, defaults=values | {"added_at": at})[0]


def remove_photo(*, office: Office, by: Member, at: datetime.datetime) -> bool:
    """Take the photograph away; whether there was one."""
    with transaction.atomic():
        return bool(OfficePhoto.objects.filter(office=office).delete()[0])
