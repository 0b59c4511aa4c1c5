"""
A try-out of the production mode on one machine: the embedded database, a secret and a certificate made here.

Nothing of the production settings is relaxed: it is served over HTTPS, under ``https://localhost``, with a certificate that the
browser does not know. Only where none of the installation's own settings are given. Mail goes to the machine's own mail server;
where there is none, the messages wait and the senders see that.
"""

import datetime
import ipaddress
import os
from pathlib import Path

from config import embedded, environment

NEEDED = ("DATABASE_URL", "LOKET_SECRET_KEY", "LOKET_HOSTS")
DAYS = 365


def is_wanted() -> bool:
    return environment.PRODUCTION and not any(environment.text(name) for name in NEEDED)


def settings(home: Path) -> dict[str, str]:
    """The environment of a try-out whose database runs below ``home``."""
    certificate, key = make_certificate(home / "tls")
    mail = (
        {}
        if environment.text("LOKET_SMTP_HOST")
        else {"LOKET_SMTP_HOST": "localhost", "LOKET_SMTP_PORT": "25", "LOKET_SMTP_TLS": "0"}
    )
    return mail | {
        "DATABASE_URL": embedded.url(home),
        "LOKET_SECRET_KEY": environment.kept_secret("secret_key"),
        "LOKET_HOSTS": "localhost,127.0.0.1",
        "LOKET_URL": f"https://localhost:{environment.PORT}",
        "LOKET_TLS_CERT": str(certificate),
        "LOKET_TLS_KEY": str(key),
    }


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost, signed by itself; a new one when the last has less than a week left."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    certificate_file, key_file = folder / "localhost.pem", folder / "localhost.key"
    now = datetime.datetime.now(datetime.UTC)
    if certificate_file.exists() and key_file.exists():
        known = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        if known.not_valid_after_utc > now + datetime.timedelta(days=7):
            return certificate_file, key_file
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    places = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(places), critical=False)
    )
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    with os.fdopen(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, *private))
    certificate_file.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return certificate_file, key_file
