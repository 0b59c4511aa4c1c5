"""Addresses across mounts: a page of a tenant from anywhere, a page of the root from inside a tenant."""

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix


def _reverse_at(prefix: str, urlconf: str, name: str, args, kwargs) -> str:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        return reverse(name, urlconf=urlconf, args=args, kwargs=kwargs)
    finally:
        set_script_prefix(before)


def urlconf_of(tenant) -> str:
    return settings.MINISTRY_URLCONF if tenant.is_ministry else settings.GOVERNMENT_URLCONF


def tenant_url(tenant, name: str, *args, **kwargs) -> str:
    return _reverse_at(f"/{tenant.slug}/", urlconf_of(tenant), name, args, kwargs)


def root_url(name: str, *args, **kwargs) -> str:
    """The address of a page outside all mounts, also from inside one."""
    return _reverse_at("/", settings.ROOT_URLCONF, name, args, kwargs)
