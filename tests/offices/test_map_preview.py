import os
import subprocess
import sys
from decimal import Decimal

import pytest

from config.environment import BASE
from offices.map_preview import preview

GEDUNG_SATE = Decimal("-6.902500"), Decimal("107.618700")
TILES = "https://peta.contoh.test/{z}/{x}/{y}.png"


def test_no_server_no_map(settings):
    settings.TILE_URL = ""

    assert preview(*GEDUNG_SATE) is None


def test_tiles_cover_the_view_around_the_place(settings):
    settings.TILE_URL, settings.TILE_ATTRIBUTION = TILES, "© Contoh"

    found = preview(*GEDUNG_SATE)

    assert found.tiles[0].url == "https://peta.contoh.test/16/52358/34027.png"
    assert (found.view_box, found.attribution) == ("-320 -140 640 280", "© Contoh")
    assert min(tile.x for tile in found.tiles) <= -320
    assert min(tile.y for tile in found.tiles) <= -140
    assert max(tile.x for tile in found.tiles) + 256 >= 320
    assert max(tile.y for tile in found.tiles) + 256 >= 140
    assert len(found.tiles) <= 12


def settings_with(**environment):
    """What the settings say of tiles with this environment; in a process of its own."""
    program = "import config.settings as s; print(s.TILE_URL, '|', *s.SECURE_CSP['img-src'])"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=BASE,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def test_only_the_named_server_is_let_in():
    out = settings_with(LOKET_TILE_URL="https://peta.contoh.test:8443/ubin/{z}/{x}/{y}.png").stdout

    assert out.split("|")[1].strip() == "'self' data: https://peta.contoh.test:8443"


def test_without_a_server_nobody_is_let_in():
    assert settings_with(LOKET_TILE_URL="").stdout.strip() == "| 'self' data:"
    assert "https" not in settings_with(LOKET_TILE_URL="/ubin/{z}/{x}/{y}.png").stdout


@pytest.mark.parametrize("url", ["https://peta.contoh.test/", "ftp://x/{z}/{x}/{y}", "https://{s}.x.test/{z}/{x}/{y}.png"])
def test_a_wrong_address_is_refused_in_words(url):
    outcome = settings_with(LOKET_TILE_URL=url)

    assert outcome.returncode == 1
    assert "LOKET_TILE_URL harus alamat https" in outcome.stderr
