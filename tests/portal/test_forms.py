import datetime
import re
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from portal.errors import DomainError, LostUpdate
from portal.forms import DateEntry, Difference, NumberEntry, TimeEntry, refuse


class Office(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Nama", help_text="Seperti di pintu.")
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih"), ("tetap", "Loket tetap"), ("keliling", "Loket keliling")])
    opened_on = forms.DateField(label="Mulai", required=False)
    opens_at = forms.TimeField(label="Jam buka", required=False)
    desks = forms.IntegerField(label="Meja", required=False)
    days = forms.MultipleChoiceField(
        label="Hari", choices=[("1", "Senin"), ("2", "Selasa")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="Diperiksa")

    groups = [("Waktu", "Kapan melayani.", ["opened_on", "opens_at"])]


GOOD = {"version": "3", "name": "Cikutra", "kind": "tetap", "agreed": "on"}


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


def drawn(form, attributes=""):
    template = engines["django"].from_string('{% cotton form :form="form" ' + attributes + " / %}")
    return re.sub(r"\s+", " ", template.render({"form": form}))


def summary(form):
    return re.findall(r'<li>(?:<a href="(#[\w]+)">)?([^<]+)', drawn(form).partition("<form")[0])


def test_an_empty_form_asks_for_each_entry_by_name():
    assert summary(Office({"version": "1"})) == [
        ("#id_name", "Isi “Nama”."),
        ("#id_kind", "Pilih “Jenis”."),
        ("#id_agreed", "Centang “Diperiksa” untuk melanjutkan."),
    ]


def test_an_unbound_form_and_a_good_one_have_no_summary():
    assert (summary(Office()), summary(Office(GOOD))) == ([], [])


def test_a_fault_names_its_field_in_the_summary_and_goes_to_its_first_control():
    form = Office({**GOOD, "opened_on": "31-02-2026", "days": ["9"]})

    assert summary(form) == [
        ("#id_opened_on", "Mulai: Masukkan tanggal yang valid."),
        ("#id_days_0", "Hari: Masukkan pilihan yang valid. 9 bukan salah satu dari pilihan yang tersedia."),
    ]


def test_a_field_is_tied_to_its_help_and_its_fault():
    page = drawn(Office({**GOOD, "name": ""}))

    control = re.search(r'<input type="text" name="name"[^>]*>', page)[0]

    assert ('aria-invalid="true"' in control, re.search(r'aria-describedby="([^"]+)"', control)[1].split()) == (
        True,
        ["id_name_helptext", "id_name_error"],
    )
    assert {'id="id_name_helptext"', 'id="id_name_error"'} <= set(re.findall(r'id="[^"]+"', page))


def test_optional_fields_say_so():
    labels = re.findall(r'<label for="id_(\w+)">[^<]+<span class="optional">', drawn(Office()))

    assert labels == ["desks", "opened_on", "opens_at"]


def test_fields_stand_in_their_groups_and_the_rest_before():
    page = drawn(Office())

    order = re.findall(r'<legend>(\w+)</legend>|name="(name|kind|desks|agreed|opened_on|opens_at)"', page)

    assert [legend or name for legend, name in order] == ["name", "kind", "desks", "agreed", "Waktu", "opened_on", "opens_at"]


@pytest.mark.parametrize(
    ("field", "entry", "shown"),
    [
        ("opened_on", "2026-11-23", ("date", "2026-11-23")),
        ("opened_on", "23/11/2026", ("date", "2026-11-23")),
        ("opened_on", "23 Nov", ("text", "23 Nov")),
        ("opens_at", "8.30", ("time", "08:30")),
        ("opens_at", "pagi", ("text", "pagi")),
        ("desks", "4", ("number", "4")),
        ("desks", "empat", ("text", "empat")),
        ("desks", "nan", ("text", "nan")),
    ],
)
def test_an_entry_is_kept_also_where_the_browsers_control_could_not_show_it(field, entry, shown):
    control = re.search(rf'<input type="(\w+)" name="{field}" value="([^"]*)"', drawn(Office({**GOOD, field: entry})))

    assert control.groups() == shown


def test_days_come_before_months_in_every_language():
    with translation.override("en"):
        form = Office({**GOOD, "opened_on": "02/11/2026", "opens_at": "07.45"})
        assert form.is_valid(), form.errors

    assert (form.cleaned_data["opened_on"], form.cleaned_data["opens_at"]) == (datetime.date(2026, 11, 2), datetime.time(7, 45))


def test_an_empty_entry_keeps_the_control():
    form = Office({**GOOD, "opened_on": "", "opens_at": "", "desks": ""})

    kinds = [re.search(r'type="(\w+)"', str(form[name]))[1] for name in ("opened_on", "opens_at", "desks")]
    assert kinds == ["date", "time", "number"]


def test_controls_of_a_class_are_not_shared_between_forms():
    form = Office()
    assert [type(form[name].field.widget) for name in ("opened_on", "opens_at", "desks")] == [DateEntry, TimeEntry, NumberEntry]

    assert type(Office.base_fields["opened_on"].widget) is forms.DateInput


def test_a_form_is_sent_under_a_fresh_idempotency_key():
    keys = [re.search(r'name="idempotency_key" value="([0-9a-f-]{36})"', drawn(Office()))[1] for _ in range(2)]

    assert keys[0] != keys[1]


def test_a_form_of_a_question_carries_no_key_and_no_draft():
    tag = re.search(r"<form[^>]*>", drawn(Office(), 'method="get"'))[0]

    assert ("data-send" in tag, "data-draft" in tag) == (False, False)


def test_entries_are_escaped():
    assert "<script>x" not in drawn(Office({**GOOD, "name": "<script>x</script>"}))


# Refusals


def test_a_refusal_stands_at_its_field():
    form = Office(GOOD)
    assert form.is_valid()

    refuse(form, DomainError("Nama ini sudah dipakai.", field="name"))

    assert (form.errors, form["kind"].value()) == ({"name": ["Nama ini sudah dipakai."]}, "tetap")


@pytest.mark.parametrize("field", ["", "unknown"])
def test_a_refusal_without_a_field_here_concerns_the_form(field):
    form = Office(GOOD)
    assert form.is_valid()

    refuse(form, DomainError("Tidak bisa.", field=field))

    assert form.non_field_errors() == ["Tidak bisa."]


def test_a_lost_update_shows_both_versions_and_takes_on_the_newer_one():
    form = Office({**GOOD, "opens_at": "07:30"})
    assert form.is_valid()
    now = SimpleNamespace(
        version=4, name="Cikutra", kind="keliling", opened_on=None, opens_at=datetime.time(8, 0), desks=None, days=[]
    )

    refuse(form, LostUpdate(current=now, submitted=form.cleaned_data))

    assert form.lost == [Difference("Jenis", "Loket keliling", "Loket tetap"), Difference("Jam buka", "08:00", "07:30")]
    assert 'name="version" value="4"' in drawn(form)
