import datetime

import pytest
import time_machine
from django.contrib import messages
from django.contrib.messages.storage.base import Message

from portal.preferences import COOKIE
from tests.conftest import NOW
from tests.oversight.conftest import MONDAY


@pytest.fixture
def again(client, look, observer):
    """``again()``: the national page, asked for by a browser that has it already."""
    look(observer)  # brings the CSRF cookie
    tag = client.get("/pusat/")["ETag"]
    return lambda **headers: client.get("/pusat/", headers={"If-None-Match": tag} | headers)


def test_page_that_is_known_is_not_sent_again(again):
    answer = again()

    assert (answer.status_code, answer.content) == (304, b"")


def test_change_below_is_seen_at_once(again, kota_bandung, make_office):
    make_office(kota_bandung, duties={MONDAY: 1})

    assert again().status_code == 200


def test_another_day_is_another_page(again, client, observer):
    with time_machine.travel(NOW + datetime.timedelta(1)):
        client.force_login(observer.user)
        assert again().status_code == 200


def test_another_reader_or_another_look_is_another_page(again, client, officer):
    client.cookies[COOKIE] = "dark"
    assert again().status_code == 200
    client.cookies[COOKIE] = "auto"
    assert again().status_code == 304
    client.force_login(officer.user)
    assert again().status_code == 200


def test_waiting_message_is_always_shown(rf):
    from oversight import freshness

    request = rf.get("/pusat/")
    request._messages = [Message(messages.SUCCESS, "Tersimpan.")]

    assert freshness.etag(request) == ""
    assert freshness.known(request, "") is None
