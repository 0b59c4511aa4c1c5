"""How the portal itself is doing, for the ministry: schemas, roll-up, jobs, mail."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import requires
from oversight import system as of_system
from oversight.enums import CheckKind


@requires("system.view")
@require_safe
def system(request):
    checks = of_system.checks()
    context = {
        "crumbs": [(_("Sistem"), None)],
        "schemas": of_system.schemas(),
        "unserved": of_system.unserved(),
        "rollup": checks.get(CheckKind.ROLLUP),
        "lag": checks.get(CheckKind.SCHEMAS),
        "queue": of_system.queue(timezone.now()),
        "post": of_system.post(),
        "tenant": request.tenant,
    }
    return render(request, "oversight/system.html", context)
