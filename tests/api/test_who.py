"""Who calls: keys, sessions, strangers."""


def test_key_is_told_who_it_is(program):
    response = program.read("me")

    assert response.json()["kind"] == "key"
