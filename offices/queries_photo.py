"""Reads of an office's photograph."""

from offices.models import Office, OfficePhoto


def photo_of(office: Office) -> OfficePhoto | None:
    """The photograph without its bytes."""
    return OfficePhoto.objects.defer("content").filter(office=office).first()
