"""Guessing passwords: what is counted, who is stopped, who is not."""

import threading

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client

from accounts import attempts
from accounts.attempts import DEVICE, EMAIL, PAIR, Limit, TooManyAttempts
from tenants.context import as_public
from tests.accounts.conftest import PASSWORD

THREE = Limit("three", 3, 60)
START = 1_800_000_000.0


def guess(client, email, *, times=1, address="10.0.0.1", password="salah"):
    for _each in range(times):
        response = client.post("/masuk/", {"login": email, "password": password}, REMOTE_ADDR=address)
    return response.content.decode()


def is_stopped(page: str) -> bool:
    return "Terlalu banyak percobaan masuk" in page


@pytest.fixture
def mayor(head, with_password):
    return with_password(head.user)


def test_failures_beyond_the_limit_are_refused_until_the_first_is_old(db):
    for second in range(3):
        attempts.count((THREE, "a"), now=START + second)

    with pytest.raises(TooManyAttempts) as refusal:
        attempts.count((THREE, "a"), now=START + 10)
    attempts.count((THREE, "b"), now=START + 10)
    attempts.count((THREE, "a"), now=START + 61)

    assert refusal.value.seconds == 50


def test_attempt_taken_back_does_not_count(db):
    for second in range(9):
        attempts.count((THREE, "a"), now=START + second).undo()


def test_refusal_counts_under_no_other_limit(db):
    full, other = Limit("full", 1, 60), Limit("other", 2, 60)
    attempts.count((full, "a"), now=START)
    for _each in range(5):
        with pytest.raises(TooManyAttempts):
            attempts.count((other, "b"), (full, "a"), now=START + 1)

    attempts.count((other, "b"), now=START + 2)


def test_sentence_says_when_to_try_again():
    assert "dalam 15 menit" in str(TooManyAttempts(14 * 60 + 1).message)
    assert "dalam 1 menit" in str(TooManyAttempts(3).message)


def test_right_password_is_refused_too_once_the_limit_is_reached(client, mayor):
    guess(client, mayor.email, times=PAIR.amount)

    page = guess(client, mayor.email, password=PASSWORD)

    assert is_stopped(page)
    assert "dalam 15 menit" in page


def test_unknown_address_is_stopped_like_a_known_one(client, mayor):
    known = guess(client, mayor.email, times=PAIR.amount + 1)
    unknown = guess(client, "tidak.ada@contoh.test", times=PAIR.amount + 1)

    assert is_stopped(known)
    assert is_stopped(unknown)


def test_stranger_elsewhere_does_not_lock_out_the_person(client, mayor):
    guess(client, mayor.email, times=PAIR.amount + 1, address="203.0.113.9")

    guess(client, mayor.email, password=PASSWORD, address="10.0.0.1")

    assert get_user(client).is_authenticated


def test_stranger_behind_the_same_address_does_not_lock_out_a_known_browser(client, mayor):
    guess(client, mayor.email, password=PASSWORD)
    client.post("/keluar/")
    other = Client()
    guess(other, mayor.email, times=PAIR.amount + 1)

    page = guess(other, mayor.email, password=PASSWORD)
    guess(client, mayor.email, password=PASSWORD)

    assert is_stopped(page)
    assert get_user(client).is_authenticated


def test_guesses_from_everywhere_do_not_lock_out_a_known_browser(client, mayor):
    guess(client, mayor.email, password=PASSWORD)
    client.post("/keluar/")
    for number in range(EMAIL.amount):
        guess(Client(), mayor.email, address=f"198.51.100.{number}")

    fresh = guess(Client(), mayor.email, password=PASSWORD, address="192.0.2.1")
    guess(client, mayor.email, password=PASSWORD)

    assert is_stopped(fresh)
    assert get_user(client).is_authenticated


def test_known_browser_has_a_limit_of_its_own(client, mayor):
    guess(client, mayor.email, password=PASSWORD)
    client.post("/keluar/")

    assert not is_stopped(guess(client, mayor.email, times=DEVICE.amount))
    assert is_stopped(guess(client, mayor.email, password=PASSWORD))


def test_cookie_of_a_browser_helps_with_no_other_address(client, mayor, stranger, with_password):
    guess(client, mayor.email, password=PASSWORD)
    client.post("/keluar/")
    with_password(stranger)
    guess(Client(), stranger.email, times=PAIR.amount)

    assert is_stopped(guess(client, stranger.email, password=PASSWORD))


def test_forged_cookie_is_no_known_browser(client, mayor):
    client.cookies["peramban"] = "eyJ4IjoieSJ9:palsu"
    guess(client, mayor.email, times=PAIR.amount)

    assert is_stopped(guess(client, mayor.email, password=PASSWORD))


def test_new_password_by_mail_opens_the_address_again(client, mayor):
    for _each in range(EMAIL.amount):
        attempts.count((EMAIL, mayor.email))
    assert is_stopped(guess(client, mayor.email, password=PASSWORD))

    attempts.forget((EMAIL, mayor.email))
    guess(client, mayor.email, password=PASSWORD)

    assert get_user(client).is_authenticated


def test_guesses_sent_at_once_are_all_counted(committed):
    barrier, outcomes = threading.Barrier(8), []

    def guess_once():
        with as_public():
            barrier.wait()
            try:
                attempts.count((THREE, "balapan"))
                outcomes.append("counted")
            except TooManyAttempts:
                outcomes.append("refused")
        connection.close()

    threads = [threading.Thread(target=guess_once) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["counted"] * 3 + ["refused"] * 5
