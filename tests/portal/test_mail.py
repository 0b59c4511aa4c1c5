import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from accounts.enums import Role
from portal import delivery, mail
from portal.models import Mail, MailState
from tenants.context import acting, as_public, mounted
from tests.committed import elsewhere
from tests.portal.mailserver import MailServer, free_port, mailers

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def server(settings):
    server = MailServer()
    server.start()
    settings.MAILERS = mailers(server.port)
    yield server
    server.stop()


@pytest.fixture
def letters(tmp_path, settings):
    """Templates of their own: ``templates/mail`` belongs to the rooms that write letters."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "kabar.txt").write_text("Kabar untuk {{ name }} & kawan\n\nSalam <{{ name }}>,\n{{ site_url }}/akun/\n")
    (folder / "berhias.txt").write_text("Berhias\n\nTeks")
    (folder / "berhias.html").write_text("<p>{{ name }}</p>")
    (folder / "polos.txt").write_text("Polos\n\nTeks")
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [engine]


@pytest.fixture
def make_mail(now):
    def make(**fields) -> Mail:
        fields = {
            "to": "budi@contoh.test",
            "subject": "Undangan",
            "text": "Isi surat.\n",
            "posted_at": now,
            "due_at": now,
        } | fields
        fields.setdefault("key", f"uji:{Mail.objects.count()}")
        return Mail.objects.create(**fields)

    return make


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database that commits: each worker of a race has a connection of its own."""
    with django_db_blocker.unblock():
        yield
        Mail.objects.filter(key="uji:lomba").delete()
        connection.close()


def jobs() -> list[list[str]]:
    return list(DBTaskResult.objects.filter(task_path=delivery.deliver.module_path).values_list("args_kwargs__args", flat=True))


# Posting ----------------------------------------------------------------------------------------------------------------------


def test_post_writes_row_and_job(db, letters, kota_bandung, settings, now):
    settings.SITE_URL = "https://loket.contoh.test"

    with mounted(kota_bandung), acting(id=7, name="Cempaka"):
        posted = mail.post(
            to="budi@contoh.test", template="kabar", context={"name": "Budi"}, about="/kota-bandung/orang/", at=now
        )

    found = Mail.objects.get()
    assert (found.subject, found.text) == ("Kabar untuk Budi & kawan", "Salam <Budi>,\nhttps://loket.contoh.test/akun/\n")
    assert (found.tenant, found.posted_by_id, found.posted_by_name, found.html) == (kota_bandung, 7, "Cempaka", "")
    assert (found.state, found.due_at, jobs()) == (MailState.QUEUED, now, [[str(posted.pk)]])


def test_post_escapes_html_but_not_text(db, letters):
    posted = mail.post(to="budi@contoh.test", template="berhias", context={"name": "<b>"})

    assert (posted.text, posted.html) == ("Teks\n", "<p>&lt;b&gt;</p>")


def test_post_with_known_key_posts_nothing(db, letters, kota_bandung):
    with mounted(kota_bandung):
        first = mail.post(to="a@contoh.test", template="polos", key="undangan:1")
        second = mail.post(to="b@contoh.test", template="polos", key="undangan:1")

    assert (second.pk, second.to, len(jobs())) == (first.pk, "a@contoh.test", 1)


def test_post_key_of_another_government_is_refused_not_shown(db, letters, kota_bandung, kota_cimahi):
    with mounted(kota_bandung):
        mail.post(to="rahasia@contoh.test", template="polos", key="undangan:1")

    with mounted(kota_cimahi), pytest.raises(IntegrityError), transaction.atomic():
        mail.post(to="b@contoh.test", template="polos", key="undangan:1")


def test_subject_cannot_carry_a_second_line(db, letters):
    posted = mail.post(to="a@contoh.test", template="polos", subject="Satu\r\nBcc: b@contoh.test")

    assert posted.subject == "Satu Bcc: b@contoh.test"


# Sending ----------------------------------------------------------------------------------------------------------------------


def test_accepted_message_is_sent_once(db, server, make_mail, now):
    posted = make_mail(html="<p>Isi</p>")

    with as_public():
        states = [delivery.attempt(str(posted.pk), at=now), delivery.attempt(str(posted.pk), at=now)]

    posted.refresh_from_db()
    assert (states, posted.state, posted.sent_at, posted.attempts) == (["sent", ""], MailState.SENT, now, 1)
    assert len(server.taken) == 1
    assert f"Message-ID: <{posted.pk}@localhost>" in server.taken[0]
    assert "text/html" in server.taken[0]


def test_temporary_refusal_is_tried_again_later_then_sent(db, server, make_mail, now):
    server.handler.answers = ["451 penuh"]
    posted = make_mail()

    with as_public():
        first = delivery.attempt(str(posted.pk), at=now)
        too_early = delivery.attempt(str(posted.pk), at=now + MINUTE / 2)
        after = Mail.objects.get().due_at
        last = delivery.attempt(str(posted.pk), at=now + MINUTE)

    assert (first, too_early, after, last) == ("queued", "", now + MINUTE, "sent")
    assert (len(server.taken), jobs()) == (1, [[str(posted.pk)]])


def test_unreachable_server_is_tried_longer_and_longer_then_failed(db, make_mail, settings, now):
    settings.MAILERS = mailers(free_port())
    posted, at, waits, state = make_mail(), now, [], "queued"

    with as_public():
        while state == "queued":
            state = delivery.attempt(str(posted.pk), at=at)
            due = Mail.objects.get().due_at
            waits.append((due - at) // MINUTE)
            at = due

    posted.refresh_from_db()
    assert waits[:-1] == [1, 5, 30, 120, 360]
    assert (state, posted.state, posted.attempts) == ("failed", MailState.FAILED, 6)
    assert "refused" in posted.error


def test_permanent_refusal_fails_at_once(db, server, make_mail, now):
    server.handler.answers = ["550 tidak dikenal"]
    posted = make_mail()

    with as_public():
        state = delivery.attempt(str(posted.pk), at=now)

    posted.refresh_from_db()
    assert (state, posted.error, server.taken, jobs()) == ("failed", "550 tidak dikenal", [], [])


def test_line_cut_after_the_message_was_handed_over_is_unclear_and_never_repeated(db, server, make_mail, now):
    server.handler.at_data = lambda smtp: smtp.transport.abort()
    posted = make_mail()

    with as_public():
        state = delivery.attempt(str(posted.pk), at=now)
        delivery.sweep(at=now + datetime.timedelta(days=1))
        again = delivery.attempt(str(posted.pk), at=now + datetime.timedelta(days=1))

    assert (state, again, len(server.taken)) == ("unclear", "", 1)


def test_worker_killed_while_sending_leaves_unclear(db, server, make_mail, now, monkeypatch):
    class Killed(BaseException):
        pass

    def kill(*args):
        raise Killed

    posted = make_mail()
    monkeypatch.setattr(delivery, "_settle", kill)
    with as_public(), pytest.raises(Killed):
        delivery.attempt(str(posted.pk), at=now)

    with as_public():
        early = delivery.sweep(at=now + MINUTE)
        late = delivery.sweep(at=now + delivery.LEASE + MINUTE)

    posted.refresh_from_db()
    assert (early, late) == ({"unclear": 0, "again": 0}, {"unclear": 1, "again": 0})
    assert (posted.state, len(server.taken)) == (MailState.UNCLEAR, 1)


def test_late_success_is_written_over_unclear_but_not_over_a_new_attempt(db, make_mail, now):
    slow, renewed = make_mail(), make_mail()
    with as_public():
        claims = [delivery._claim(str(each.pk), now) for each in (slow, renewed)]
        delivery.sweep(at=now + delivery.LEASE + MINUTE)
        Mail.objects.filter(pk=renewed.pk).update(state=MailState.QUEUED, due_at=now + datetime.timedelta(hours=1))
        for claim in claims:
            delivery._settle(claim, MailState.SENT, "", now)

    assert [Mail.objects.get(pk=each.pk).state for each in (slow, renewed)] == ["sent", "queued"]


def test_sweep_gives_a_lost_job_back_once(db, make_mail, now):
    posted = make_mail(due_at=now - 2 * MINUTE)
    make_mail(due_at=now)

    with as_public():
        found = [delivery.sweep(at=now), delivery.sweep(at=now)]

    assert (found, jobs()) == ([{"unclear": 0, "again": 1}, {"unclear": 0, "again": 0}], [[str(posted.pk)]])


def test_two_workers_at_once_send_one_message(committed, server, make_mail, now):
    posted = make_mail(key="uji:lomba")
    start, states = threading.Barrier(2), []

    def work():
        try:
            with as_public():
                start.wait()
                states.append(delivery.attempt(str(posted.pk), at=now))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (sorted(states), len(server.taken)) == (["", "sent"], 1)


def test_worker_leaves_a_message_that_another_is_just_claiming(committed, server, make_mail, now):
    posted = make_mail(key="uji:lomba")
    claimed, tried, states = threading.Event(), threading.Event(), []

    def slow():
        with as_public(), transaction.atomic():
            delivery._claim(str(posted.pk), now)
            claimed.set()
            tried.wait(2)

    def quick():
        claimed.wait(10)
        with as_public():
            states.append(delivery.attempt(str(posted.pk), at=now))
        tried.set()

    workers = [threading.Thread(target=elsewhere, args=(work,)) for work in (slow, quick)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (states, server.taken) == ([""], [])


# Secrets ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("secret", "left"), [(True, ("", "")), (False, ("Isi surat.\n", "<p>Isi</p>"))])
def test_secret_message_is_forgotten_once_sent(db, server, make_mail, now, secret, left):
    posted = make_mail(html="<p>Isi</p>", secret=secret)

    with as_public():
        state = delivery.attempt(str(posted.pk), at=now)

    posted.refresh_from_db()
    assert (state, (posted.text, posted.html), posted.sent_at) == ("sent", left, now)
    assert (posted.subject, posted.to, posted.key) == ("Undangan", "budi@contoh.test", "uji:0")
    assert "Isi surat." in server.taken[0]


@pytest.mark.parametrize(("answer", "state"), [("451 penuh", "queued"), ("550 tidak dikenal", "failed")])
def test_secret_message_keeps_its_text_until_it_was_sent(db, server, make_mail, now, head, answer, state):
    server.handler.answers = [answer]
    posted = make_mail(secret=True)

    with as_public():
        first = delivery.attempt(str(posted.pk), at=now)
        kept = Mail.objects.get().text
        if state == "failed":
            mail.resend(mail=posted, by=head, at=now + MINUTE)
        last = delivery.attempt(str(posted.pk), at=now + MINUTE)

    assert (first, kept, last, Mail.objects.get().text) == (state, "Isi surat.\n", "sent", "")
    assert "Isi surat." in server.taken[0]


@pytest.mark.parametrize(
    ("state", "secret", "text", "constraint"),
    [
        (MailState.SENT, True, "Tautan", "portal_mail_forgotten"),
        (MailState.QUEUED, True, "", "portal_mail_text"),
        (MailState.SENT, False, "", "portal_mail_text"),
    ],
)
def test_database_keeps_no_secret_and_loses_no_text(db, make_mail, state, secret, text, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_mail(state=state, secret=secret, text=text)


# The sender's page ------------------------------------------------------------------------------------------------------------


def rows(response) -> set[str]:
    return {str(each.pk) for each in response.context["listing"].rows}


def test_page_shows_own_messages_only_and_never_their_text(client, head, kota_bandung, kota_cimahi, make_mail):
    mine = make_mail(tenant=kota_bandung, text="https://rahasia.test/undangan/kunci")
    make_mail(tenant=kota_cimahi, subject="Surat tetangga")
    make_mail(tenant=None)
    client.force_login(head.user)

    response = client.get(kota_bandung.url("portal:mails"))

    assert rows(response) == {str(mine.pk)}
    assert b"rahasia.test" not in response.content


def test_page_says_that_the_text_was_deleted(client, head, kota_bandung, make_mail):
    make_mail(tenant=kota_bandung, state=MailState.SENT, secret=True, text="")
    make_mail(tenant=kota_bandung, state=MailState.SENT)
    make_mail(tenant=kota_bandung, state=MailState.FAILED, secret=True)
    client.force_login(head.user)

    page = client.get(kota_bandung.url("portal:mails")).content.decode()

    assert page.count("isi surat dihapus setelah terkirim") == 1


def test_ministry_does_not_see_messages_of_governments(client, officer, pusat, kota_bandung, make_mail):
    make_mail(tenant=kota_bandung)
    own = make_mail(tenant=pusat)
    client.force_login(officer.user)

    assert rows(client.get(pusat.url("portal:mails"))) == {str(own.pk)}


def test_page_needs_the_right(client, make_member, kota_bandung):
    client.force_login(make_member(kota_bandung, Role.OPERATOR).user)

    assert client.get(kota_bandung.url("portal:mails")).status_code == 403


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.UNCLEAR])
def test_sender_sends_a_failed_message_again(client, head, kota_bandung, make_mail, state):
    failed = make_mail(tenant=kota_bandung, state=state, attempts=6, error="550")
    client.force_login(head.user)

    response = client.post(kota_bandung.url("portal:resend_mail", failed.pk), {"idempotency_key": "k1"})

    failed.refresh_from_db()
    assert (response.status_code, failed.state, failed.attempts, failed.error) == (302, MailState.QUEUED, 0, "")
    assert jobs() == [[str(failed.pk)]]


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENDING, MailState.SENT])
def test_message_that_is_on_its_way_is_not_sent_again(client, head, kota_bandung, make_mail, state):
    posted = make_mail(tenant=kota_bandung, state=state)
    client.force_login(head.user)

    response = client.post(kota_bandung.url("portal:resend_mail", posted.pk), {"idempotency_key": "k1"}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [str(mail.NotToBeSentAgain.message)]
    assert jobs() == []


def test_neighbours_message_cannot_be_sent_again(client, head, kota_bandung, kota_cimahi, make_mail):
    theirs = make_mail(tenant=kota_cimahi, state=MailState.FAILED)
    client.force_login(head.user)

    response = client.post(kota_bandung.url("portal:resend_mail", theirs.pk), {"idempotency_key": "k1"})

    theirs.refresh_from_db()
    assert (response.status_code, theirs.state) == (404, MailState.FAILED)
