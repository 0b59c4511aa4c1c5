import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import telephones


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("022 1234567", "tel:+62221234567"),
        ("(022) 123-4567", "tel:+62221234567"),
        ("(022) 123-4567 pes. 12", "tel:+62221234567;ext=12"),
        ("021.1234567 ext 5", "tel:+62211234567;ext=5"),
        ("+62 812-3456-7890", "tel:+6281234567890"),
        ("62812 3456 7890", "tel:+6281234567890"),
        ("0812-3456-7890", "tel:+6281234567890"),
        ("+62 0812 3456 7890", "tel:+6281234567890"),
        ("1500 123", "tel:1500123"),
        ("112", "tel:112"),
        ("0800 123 4567", "tel:08001234567"),
        ("(000) 555-0110", "tel:+62005550110"),
    ],
)
def test_numbers_are_dialled_however_they_are_written(text, link):
    assert (telephones.check(text), telephones.dial(text)) == (text, link)


@pytest.mark.parametrize(
    "text", ["22", "022 123", "1234567", "+1 212 555 0100", "nol delapan", "0812 3456 7890 / 022 1234567 2"]
)
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(telephones.UnreadableTelephone) as refusal:
        telephones.check(text)

    assert str(refusal.value.message).startswith("Nomor telepon belum terbaca.")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0812-3456-7890", "0812-3456-7890"),
        ("  0812   3456 7890 ", "0812 3456 7890"),
        ("https://wa.me/6281234567890", "+6281234567890"),
        ("wa.me/6281234567890?text=Halo", "+6281234567890"),
        ("https://api.whatsapp.com/send?phone=%2B6281234567890&text=Halo", "+6281234567890"),
    ],
)
def test_whatsapp_is_read_from_numbers_and_links(text, kept):
    assert telephones.check_whatsapp(text) == kept
    assert telephones.chat(kept) == "https://wa.me/6281234567890"


@pytest.mark.parametrize("text", ["112", "1500 123", "@loket", "https://contoh.test/6281234567890"])
def test_whatsapp_needs_a_whole_number(text):
    with pytest.raises(telephones.UnreadableWhatsApp):
        telephones.check_whatsapp(text)


def test_nothing_is_no_number_and_no_error():
    assert (telephones.check("  "), telephones.check_whatsapp(""), telephones.dial(""), telephones.chat("")) == ("", "", "", "")


@given(st.text(max_size=40))
def test_any_text_is_a_safe_link_or_none(text):
    assert (
        telephones.dial(text) == ""
        or telephones.dial(text).removeprefix("tel:").removeprefix("+").replace(";ext=", "").isascii()
    )
