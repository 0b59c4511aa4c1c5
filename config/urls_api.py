"""Addresses of the REST interface. What stands inside a government begins with its slug and is mounted by accounts.gate."""

from django.urls import path, re_path

from accounts import api as accounts
from accounts import api_keys as keys
from accounts import api_people as people
from almanac import api as almanac
from circulars import api as circulars
from circulars import api_ministry
from equipment import api as inventory
from equipment import api_checks as checks
from equipment import api_kits as kits
from equipment import api_stocktakes as rounds
from equipment import api_supplies as supplies
from guides import api as guides
from offices import api as offices
from offices import api_days as days
from offices import api_facts, api_heads
from offices import api_hours as hours
from offices import api_layout as layout
from oversight import api as oversight
from oversight import api_offices as overseen
from oversight import api_public as public
from portal import api_reference
from prints import api as prints
from staffing import api as staffing
from workbooks import api as workbooks

PUSAT = {"government": "pusat"}

app_name = "api"
urlpatterns = [
    path("", api_reference.reference, name="reference"),
    re_path(r"^openapi\.(?P<kind>json|yaml)$", api_reference.openapi, name="openapi"),
    path("me", accounts.Me.as_view(), name="me"),
    path("governments", accounts.Governments.as_view(), name="governments"),
    path("governments/<slug:slug>", accounts.Government.as_view(), name="government"),
    # for everybody
    path("locations", public.Locations.as_view(), name="locations"),
    path("locations/<slug:slug>/<uuid:pk>", public.Location.as_view(), name="location"),
    path("guides", guides.Guides.as_view()),
    path("guides/<slug:guide>", guides.Guide.as_view()),
    path("care-contact", guides.CareContact.as_view()),
    # the ministry
    path("pusat/head-invitations", people.HeadInvitations.as_view(), PUSAT),
    path("pusat/circulars", api_ministry.Circulars.as_view(), PUSAT),
    path("pusat/circulars/<uuid:pk>", api_ministry.CircularDetail.as_view(), PUSAT),
    path("pusat/circulars/<uuid:pk>/addressees", api_ministry.Addressees.as_view(), PUSAT),
    path("pusat/circulars/<uuid:pk>/attachment", api_ministry.CircularAttachment.as_view(), PUSAT),
    path("pusat/circulars/<uuid:pk>/publication", api_ministry.Publication.as_view(), PUSAT),
    path("pusat/circulars/<uuid:pk>/deliveries", api_ministry.Deliveries.as_view(), PUSAT),
    path("pusat/calendar", almanac.PublicDays.as_view(), PUSAT),
    path("pusat/calendar/<str:on>", almanac.PublicDayDetail.as_view(), PUSAT),
    path("pusat/seasons", almanac.Seasons.as_view(), PUSAT),
    path("pusat/seasons/<str:first_on>", almanac.SeasonDetail.as_view(), PUSAT),
    path("pusat/browsers", almanac.BrowserVersions.as_view(), PUSAT),
    path("pusat/guides/<slug:guide>/editions", guides.GuideEditions.as_view(), PUSAT),
    path("pusat/guides/<slug:guide>/draft", guides.GuideDraft.as_view(), PUSAT),
    path("pusat/care-contacts", guides.CareContacts.as_view(), PUSAT),
    path("pusat/nation", oversight.Nation.as_view(), PUSAT),
    path("pusat/governments", oversight.NationGovernments.as_view(), PUSAT),
    path("pusat/governments/<slug:slug>", oversight.NationGovernment.as_view(), PUSAT),
    path("pusat/governments/<slug:slug>/offices/<uuid:pk>", overseen.NationOffice.as_view(), PUSAT),
    path("pusat/offices", overseen.NationOffices.as_view(), PUSAT),
    # people
    path("<slug:government>/people", people.People.as_view()),
    path("<slug:government>/people/<uuid:pk>/ending", people.Ending.as_view()),
    path("<slug:government>/invitations", people.Invitations.as_view()),
    path("<slug:government>/invitations/<uuid:pk>", people.Invitation.as_view()),
    path("<slug:government>/invitations/<uuid:pk>/sending", people.Sending.as_view()),
    path("<slug:government>/keys", keys.Keys.as_view()),
    path("<slug:government>/keys/<uuid:pk>", keys.Key.as_view()),
    # circulars
    path("<slug:government>/circulars", circulars.Inbox.as_view()),
    path("<slug:government>/circulars/<uuid:pk>", circulars.DeliveryDetail.as_view()),
    path("<slug:government>/circulars/<uuid:pk>/attachment", circulars.DeliveryAttachment.as_view()),
    path("<slug:government>/circulars/<uuid:pk>/acknowledgement", circulars.Acknowledgement.as_view()),
    path("<slug:government>/circulars/<uuid:pk>/receipt.pdf", circulars.ReceiptPdf.as_view()),
    # offices
    path("<slug:government>/dinas", offices.DinasList.as_view()),
    path("<slug:government>/dinas/<uuid:pk>", offices.DinasDetail.as_view()),
    path("<slug:government>/offices", offices.Offices.as_view()),
    path("<slug:government>/offices/<uuid:pk>", offices.OfficeDetail.as_view()),
    path("<slug:government>/offices/<uuid:pk>/closing", offices.Closing.as_view()),
    path("<slug:government>/offices/<uuid:pk>/photo", api_facts.Photo.as_view()),
    path("<slug:government>/offices/<uuid:pk>/history", api_facts.OfficeHistory.as_view()),
    path("<slug:government>/offices/<uuid:pk>/copies", api_facts.Copies.as_view()),
    path("<slug:government>/dinas/<uuid:pk>/heads", api_heads.Heads.as_view()),
    path("<slug:government>/heads/<uuid:pk>", api_heads.HeadDetail.as_view()),
    path("<slug:government>/dinas/<uuid:pk>/history", api_heads.DinasHistory.as_view()),
    path("<slug:government>/sectors", api_heads.Sectors.as_view()),
    path("<slug:government>/offices/<uuid:pk>/hours", offices.Hours.as_view()),
    # schedules, special days, days of rest
    path("<slug:government>/offices/<uuid:pk>/schedules", hours.OfficeSchedules.as_view()),
    path("<slug:government>/schedules/<uuid:pk>", hours.ScheduleDetail.as_view()),
    path("<slug:government>/offices/<uuid:pk>/special-days", days.OfficeSpecialDays.as_view()),
    path("<slug:government>/special-days", days.SpecialDaysList.as_view()),
    path("<slug:government>/special-days/<uuid:pk>", days.SpecialDaysDetail.as_view()),
    path("<slug:government>/offices/<uuid:pk>/days", days.OfficeDays.as_view()),
    path("<slug:government>/local-days", days.LocalDays.as_view()),
    path("<slug:government>/local-days/<uuid:pk>", days.LocalDayDetail.as_view()),
    path("<slug:government>/calendar", almanac.Calendar.as_view()),
    # inventory
    path("<slug:government>/items", inventory.Items.as_view()),
    path("<slug:government>/items/<uuid:pk>", inventory.ItemDetail.as_view()),
    path("<slug:government>/items/<uuid:pk>/place", inventory.ItemPlace.as_view()),
    path("<slug:government>/items/<uuid:pk>/condition", inventory.ItemCondition.as_view()),
    path("<slug:government>/items/<uuid:pk>/removal", inventory.ItemRemoval.as_view()),
    path("<slug:government>/items/<uuid:pk>/checks", checks.Checks.as_view()),
    # rooms, desks and their kits
    path("<slug:government>/offices/<uuid:pk>/rooms", layout.OfficeRooms.as_view()),
    path("<slug:government>/offices/<uuid:pk>/kits", kits.OfficeKits.as_view()),
    path("<slug:government>/rooms", layout.Rooms.as_view()),
    path("<slug:government>/rooms/<uuid:pk>", layout.RoomDetail.as_view()),
    path("<slug:government>/rooms/<uuid:pk>/plan", layout.PlanDetail.as_view()),
    path("<slug:government>/rooms/<uuid:pk>/desks", layout.RoomDesks.as_view()),
    path("<slug:government>/desks", layout.Desks.as_view()),
    path("<slug:government>/desks/<uuid:pk>/kit", kits.DeskKit.as_view()),
    # supplies and rounds through rooms
    path("<slug:government>/supplies", supplies.Supplies.as_view()),
    path("<slug:government>/supplies/<uuid:pk>", supplies.SupplyDetail.as_view()),
    path("<slug:government>/supplies/<uuid:pk>/movements", supplies.SupplyMovements.as_view()),
    path("<slug:government>/supplies/<uuid:pk>/retirement", supplies.Retirement.as_view()),
    path("<slug:government>/stock-takes", rounds.StockTakes.as_view()),
    path("<slug:government>/stock-takes/<uuid:pk>", rounds.StockTakeDetail.as_view()),
    path("<slug:government>/stock-takes/<uuid:pk>/lines", rounds.StockTakeLines.as_view()),
    path("<slug:government>/stock-takes/<uuid:pk>/finish", rounds.StockTakeFinish.as_view()),
    # prints
    path("<slug:government>/offices/<uuid:pk>/prints", prints.OfficePrints.as_view()),
    path("<slug:government>/offices/<uuid:pk>/prints.pdf", prints.PrintsPdf.as_view()),
    path("<slug:government>/offices/<uuid:pk>/prints/<uuid:posting>", prints.Posting.as_view()),
    # staffing
    path("<slug:government>/staff", staffing.StaffList.as_view()),
    path("<slug:government>/staff/<uuid:pk>", staffing.StaffDetail.as_view()),
    path("<slug:government>/staff/<uuid:pk>/term", staffing.Term.as_view()),
    path("<slug:government>/duties", staffing.Duties.as_view()),
    path("<slug:government>/duties/<uuid:pk>", staffing.DutyDetail.as_view()),
    # workbooks
    path("<slug:government>/offices/<uuid:pk>/workbook", workbooks.OfficeWorkbook.as_view()),
    path("<slug:government>/dinas/<uuid:pk>/workbook", workbooks.DinasWorkbook.as_view()),
    path("<slug:government>/imports/<uuid:pk>", workbooks.ImportRun.as_view()),
    path("<slug:government>/imports/<uuid:pk>/rows", workbooks.ImportRows.as_view()),
    path("<slug:government>/imports/<uuid:pk>/application", workbooks.ImportApplication.as_view()),
    path("<slug:government>/imports/<uuid:pk>/cancellation", workbooks.ImportCancellation.as_view()),
    # districts of a province
    path("<slug:government>/districts", oversight.Districts.as_view()),
    path("<slug:government>/districts/<slug:slug>", oversight.District.as_view()),
    path("<slug:government>/districts/<slug:slug>/offices/<uuid:pk>", overseen.DistrictOffice.as_view()),
    path("<slug:government>/district-offices", overseen.DistrictOffices.as_view()),
]
