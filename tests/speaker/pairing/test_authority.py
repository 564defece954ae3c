"""The coach's own authority: made once, kept to oneself, and good for a home and nothing else."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from skill.speaker.pairing import certificates
from skill.speaker.pairing.authority import CERTIFICATE_DAYS, Signed, authority_in, certificate_in, sign
from skill.speaker.pairing.certificates import OfOnesOwn, OfOurAuthority, UnfitCertificate
from skill.speaker.pairing.folder import Exposed, home_folder
from skill.speaker.pairing.whereabouts import Whereabouts
from tests.parts import need

NAMES = ("glute-coach.local", "192.168.1.5", "127.0.0.1", "localhost")
NOW = datetime.now(UTC).replace(microsecond=0)


def judged(folder: Path, authority: Signed, signed: Signed, asked: str, at: datetime = NOW) -> str:
    """What OpenSSL says of a certificate to whoever trusts the authority and asks for a name."""
    need("openssl")
    (folder / "ca.pem").write_bytes(authority.pem)
    (folder / "leaf.pem").write_bytes(signed.pem)
    kind = "-verify_ip" if asked[0].isdigit() else "-verify_hostname"
    command = [
        "openssl",
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        "-attime",
        str(int(at.timestamp())),
    ]
    command += ["-CAfile", str(folder / "ca.pem"), kind, asked, str(folder / "leaf.pem")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip().rpartition(" ")[2] if done.returncode == 0 else done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_openssl_takes_the_certificate_for_each_of_the_coachs_names(tmp_path: Path, name: str) -> None:
    authority = authority_in(tmp_path, NAMES, NOW)
    assert judged(tmp_path, authority, certificate_in(tmp_path, authority, NAMES, NOW), name) == "OK"


@pytest.mark.parametrize("name", ["bank.example", "192.168.1.6"])
def test_openssl_takes_it_for_no_other_name(tmp_path: Path, name: str) -> None:
    authority = authority_in(tmp_path, NAMES, NOW)
    fault = judged(tmp_path, authority, certificate_in(tmp_path, authority, NAMES, NOW), name)
    assert "mismatch" in fault


@pytest.mark.parametrize("name", ["bank.example", "8.8.8.8"])
def test_a_stolen_authority_can_sign_for_no_site_on_the_internet(tmp_path: Path, name: str) -> None:
    authority = authority_in(tmp_path, NAMES, NOW)
    assert "permitted subtree violation" in judged(tmp_path, authority, sign(authority, (name,), NOW), name)


def test_the_authority_is_made_once_and_its_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = home_folder(str(tmp_path / "coach.db"))
    first = authority_in(folder, NAMES, NOW)
    certificate_in(folder, first, NAMES, NOW)
    assert authority_in(folder, NAMES, NOW + timedelta(days=3000)).pem == first.pem
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    authority_in(tmp_path, NAMES, NOW)
    (tmp_path / "authority.pem").chmod(0o644)
    with pytest.raises(Exposed, match="chmod 600"):
        authority_in(tmp_path, NAMES, NOW)


def test_a_certificate_that_expired_is_renewed_by_the_same_authority(tmp_path: Path) -> None:
    authority = authority_in(tmp_path, NAMES, NOW)
    old, later = certificate_in(tmp_path, authority, NAMES, NOW), NOW + timedelta(days=CERTIFICATE_DAYS + 1)
    assert "expired" in judged(tmp_path, authority, old, "192.168.1.5", later)
    new = certificate_in(tmp_path, authority_in(tmp_path, NAMES, later), NAMES, later)
    assert judged(tmp_path, authority, new, "192.168.1.5", later) == "OK"


def test_a_certificate_is_kept_until_it_soon_expires(tmp_path: Path) -> None:
    authority = authority_in(tmp_path, NAMES, NOW)
    first = certificate_in(tmp_path, authority, NAMES, NOW)
    assert certificate_in(tmp_path, authority, NAMES, NOW + timedelta(days=59)).pem == first.pem
    assert certificate_in(tmp_path, authority, NAMES, NOW + timedelta(days=61)).pem != first.pem


def test_a_changed_address_is_signed_for_and_answered_to_and_phones_need_no_new_trust(tmp_path: Path) -> None:
    addresses = ["192.168.1.5"]
    where = Whereabouts(8443, address=lambda: addresses[-1])
    shown = OfOurAuthority(tmp_path, where.signed_for)
    trusted, before = shown.authority, shown.context()
    addresses.append("192.168.1.77")
    where.look()
    shown.renew()
    assert shown.context() is not before
    now = certificate_in(tmp_path, trusted, where.signed_for(), datetime.now(UTC))
    assert judged(tmp_path, trusted, now, "192.168.1.77", datetime.now(UTC)) == "OK"
    assert "192.168.1.77:8443" in where.hosts()
    assert "192.168.1.5:8443" not in where.hosts()


def test_a_certificate_of_ones_own_that_expired_or_fits_no_key_is_refused_with_the_reason(
    tmp_path: Path,
) -> None:
    authority = authority_in(tmp_path, NAMES, NOW)
    old, new = sign(authority, NAMES, NOW - timedelta(days=CERTIFICATE_DAYS + 1)), sign(authority, NAMES, NOW)
    for name, each in (("old", old), ("new", new)):
        (tmp_path / f"{name}.pem").write_bytes(each.whole_pem)
    with pytest.raises(UnfitCertificate, match="expired on"):
        OfOnesOwn(tmp_path / "old.pem", tmp_path / "old.pem")
    with pytest.raises(UnfitCertificate, match="cannot be used"):
        OfOnesOwn(tmp_path / "new.pem", tmp_path / "old.pem")
    with pytest.raises(UnfitCertificate, match="cannot be used"):
        OfOnesOwn(tmp_path / "none.pem", tmp_path / "none.pem")
    own = OfOnesOwn(tmp_path / "new.pem", tmp_path / "new.pem")
    before = own.context()
    (tmp_path / "new.pem").write_bytes(sign(authority, NAMES, NOW).whole_pem)
    assert own.context() is not before, "what was renewed is shown without a restart"


def test_a_renewal_that_cannot_be_used_is_told_once_and_taken_when_it_can_be(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = authority_in(tmp_path, NAMES, NOW)
    old, renewed = (sign(authority, NAMES, NOW).whole_pem for _ in range(2))
    certificate, key = tmp_path / "own.pem", tmp_path / "key.pem"
    for file in (certificate, key):
        file.write_bytes(old)
    monkeypatch.setattr(certificates, "LOOKED_AT_S", -1)
    own = OfOnesOwn(certificate, key)
    before = own.context()
    certificate.write_bytes(renewed)
    assert [own.context(), own.context()] == [before, before], "its key is the old one"
    assert [each.levelname for each in caplog.records] == ["WARNING"]
    assert str(certificate) in caplog.text
    times = key.stat()
    key.write_bytes(renewed)
    os.utime(key, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert own.context() is not before
    assert own.context() is own.context()
