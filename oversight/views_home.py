"""The first page inside a government."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.policy import requires
from offices.first_day import FirstDay
from offices.queries import first_steps
from oversight import briefing, nation, pages, queries
from oversight import home as at_home
from oversight.states import Days


@requires("home.view")
@require_safe
def home(request):
    now, member, tenant = timezone.now(), request.member, request.tenant
    days, local = Days.at(now), tenant.local(now)
    offices = at_home.offices(member, days)
    rests = queries.rests(days)
    waiting = at_home.waiting(member, offices, rests, at=now)
    # Who has an office with hours and a roster is past the first day; the steps cost four queries.
    begun = any(each.service_weekdays and each.rostered_through for each in offices)
    first_day = FirstDay() if begun else first_steps(member, request.today)
    context = {
        "crumbs": [],
        "tenant": tenant,
        "greeting": at_home.greeting(local, member.name),
        "today": request.today,
        "summary": at_home.summary(offices),
        "counters": at_home.counters(offices, rests, local, tenant.zone_abbr),
        "waiting": waiting,
        "first_day": first_day,
        "starting": not first_day.finished,
        "province": _province(request, days),
    }
    return render(request, "oversight/home.html", context)


def _province(request, days: Days):
    """What the districts of a province do, for who may see them."""
    if not request.tenant.is_province or not request.member.may("districts.view"):
        return None
    letters = pages.letters(request)
    whole = nation.total(nation.provinces(letters.chosen, days, only=request.tenant))
    links = letters.links(pages.BELOW)
    return {
        "letters": letters,
        "whole": whole,
        "links": pages.figure_links(links),
        "obstacles": briefing.obstacles(whole, links),
    }
