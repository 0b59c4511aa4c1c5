"""
Surat Edaran Menteri Dalam Negeri 560/2821/SJ of April 2020, in words of our own: the real circular of the demonstration.

Of its date only month and year are known here. The deadline is the demonstration's.
"""

import datetime

from circulars.enums import Audience
from circulars.operations import Letter

NUMBER = "560/2821/SJ"
POINTS = (
    (
        "1",
        "Menginstruksikan kepala dinas yang membidangi ketenagakerjaan, perdagangan, perindustrian, pariwisata, serta koperasi "
        "dan UKM agar membantu warga yang tidak dapat mendaftar Kartu Prakerja secara daring. Satu dinas dapat membawahi "
        "beberapa bidang.",
    ),
    (
        "1a",
        "Setiap kantor dinas tersebut menyediakan perangkat elektronik (komputer, tablet, atau telepon pintar) dengan "
        "sambungan internet.",
    ),
    ("1b", "Setiap kantor dinas tersebut menugaskan petugas yang mendampingi warga selama pendaftaran."),
    ("2", "Layanan diselenggarakan dengan mematuhi protokol kesehatan."),
    (
        "3",
        "Tata cara layanan mengikuti prosedur operasional standar dari Manajemen Pelaksana Program dan mengikat setiap kantor.",
    ),
    ("4", "Melaporkan pelaksanaannya kepada Menteri Dalam Negeri pada kesempatan pertama."),
)
COPIES = (
    "Presiden Republik Indonesia",
    "Wakil Presiden Republik Indonesia",
    "Menteri Koordinator Bidang Perekonomian",
    "Menteri Sekretaris Negara",
    "Menteri Keuangan",
    "Menteri Ketenagakerjaan",
    "Menteri Perindustrian",
    "Menteri Perdagangan",
    "Menteri Koperasi dan Usaha Kecil dan Menengah",
    "Menteri Pariwisata dan Ekonomi Kreatif",
    "Sekretaris Kabinet",
    "Kepala Staf Kepresidenan",
)


def letter(*, deadline_on: datetime.date) -> Letter:
    return Letter(
        number=NUMBER,
        dated_on=datetime.date(2020, 4, 1),
        day_known=False,
        subject="Pelayanan Pendaftaran Kartu Prakerja",
        opening="Agar warga yang tidak dapat mendaftar sendiri secara daring tetap terlayani, gubernur, bupati, dan wali kota "
        "diminta menyiapkan bantuan pendaftaran di kantor dinas.",
        deadline_on=deadline_on,
        audience=Audience.ALL,
        points=POINTS,
        copies=COPIES,
    )
