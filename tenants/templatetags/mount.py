from django import template

from tenants.urls import root_url as root_address

register = template.Library()


@register.simple_tag
def root_url(name, *args, **kwargs):
    """The address of a page outside all governments: ``{% root_url "accounts:profile" %}``."""
    return root_address(name, *args, **kwargs)


@register.simple_tag
def tenant_url(tenant, name, *args, **kwargs):
    """The address of a page of ``tenant``: ``{% tenant_url tenant "offices:detail" office.pk %}``."""
    return tenant.url(name, *args, **kwargs)
