"""Labels read back as they were made, whatever people do to them; a slip does not give another label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment import labelling

signs = st.text(labelling.ALPHABET, min_size=5, max_size=5)
LOOKS = {"0": "OQDo", "1": "IlLi", "2": "Zz", "5": "Ss", "6": "Gg", "8": "Bb"}


def test_signs_are_a_prime_number_without_look_alikes():
    assert len(set(labelling.ALPHABET)) == 23
    assert not set(labelling.ALPHABET) & set("OQDILZSGBUVWY")


def test_made_label_reads_back():
    for label in (labelling.make() for _ in range(200)):
        assert labelling.read(label) == label


@given(signs, st.data())
def test_label_is_read_as_people_write_it(drawn, data):
    label = labelling.completed(drawn)
    written = "".join(data.draw(st.sampled_from([sign, sign.lower(), *LOOKS.get(sign, "")])) for sign in label)

    assert labelling.read(f"  {written.replace('-', data.draw(st.sampled_from(['', ' ', ' - ', '–'])))} ") == label


@given(signs, st.integers(0, 5), st.sampled_from(labelling.ALPHABET))
def test_one_wrong_sign_is_no_label(drawn, place, sign):
    whole = labelling.completed(drawn).replace("-", "")
    wrong = whole[:place] + sign + whole[place + 1 :]

    assert (labelling.read(wrong) is not None) == (wrong == whole)


@given(signs, st.integers(0, 4))
def test_two_exchanged_signs_are_no_label(drawn, place):
    whole = labelling.completed(drawn).replace("-", "")
    wrong = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]

    assert (labelling.read(wrong) is not None) == (wrong == whole)


def test_address_of_the_code_on_a_sticker_is_read():
    label = labelling.make()

    assert labelling.read(f"https://loket.contoh.test/kota-bandung/inventaris/label/{label}/") == label


@pytest.mark.parametrize("text", ["", "K7M4", "K7M4-P2X", "ÄÖÜ-…", "/", "\x00", "１２３４-５６"])
def test_what_is_no_label_is_none(text):
    assert labelling.read(text) is None
