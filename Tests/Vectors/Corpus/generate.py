#!/usr/bin/env python3
"""Writes the hostile keystores and certificates of this folder anew: each file is one attack, named by it.

The password is that of the samples, `my-cobrowse-keystore`. All but the truncated ones carry a check value that is
right, so that a reader gets past it. Random bytes come from SHA-256 of the file's name: the output never changes.
"""
import base64
import hashlib
import hmac
import json
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "..", "..", "Certificates")
PASSWORD = "my-cobrowse-keystore"
UTF16 = PASSWORD.encode("utf-16-be")
SUN = bytes.fromhex("060a2b060104012a02110101")


def sample(name):
    with open(os.path.join(SAMPLES, name), "rb") as file:
        return file.read()


def pem_content(name):
    return base64.b64decode("".join(sample(name).decode().split("-----")[2].split()))


def write(folder, name, data):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    with open(os.path.join(HERE, folder, name), "wb") as file:
        file.write(data)


def der(tag, *content):
    body = b"".join(content)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def seq(*content):
    return der(0x30, *content)


def integer(value):
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray()
    for arc in [first * 40 + second] + rest:
        chunk = [arc & 0x7F]
        while arc := arc >> 7:
            chunk.append(arc & 0x7F | 0x80)
        out += bytes(reversed(chunk))
    return der(6, bytes(out))


def deep(levels):
    value = b""
    for _ in range(levels):
        value = seq(value)
    return value


octets = lambda data: der(4, data)
context = lambda data: der(0xA0, data)

# --- Java keystores ---------------------------------------------------------------------------------------------------

CERTIFICATE = sample("shapes/CobrowseIO.der")
KEY = sample("keys/CobrowseIO-pkcs8-TEST-ONLY.key.der")


def u16(value): return struct.pack(">H", value)
def u32(value): return struct.pack(">I", value)


def sealed(body):
    return body + hashlib.sha1(UTF16 + b"Mighty Aphrodite" + body).digest()


def store(*entries, version=2, count=None):
    return sealed(b"\xfe\xed\xfe\xed" + u32(version) + u32(len(entries) if count is None else count) + b"".join(entries))


def protect(plain):
    salt = hashlib.sha256(b"salt" + plain).digest()[:20]
    block, stream = salt, b""
    while len(stream) < len(plain):
        block = hashlib.sha1(UTF16 + block).digest()
        stream += block
    return salt + bytes(a ^ b for a, b in zip(plain, stream)) + hashlib.sha1(UTF16 + plain).digest()


def epki(data, algorithm=SUN + b"\x05\x00"):
    return seq(seq(algorithm), octets(data))


def alias(data): return u16(len(data)) + data


DATE = struct.pack(">Q", 1_763_650_000_000)


def cert(data=CERTIFICATE, kind=b"X.509", length=None):
    return u16(len(kind)) + kind + u32(len(data) if length is None else length) + data


def trusted(name=b"cobrowseio", certificate=None, date=DATE):
    return u32(2) + alias(name) + date + (cert() if certificate is None else certificate)


def private(name=b"cobrowseio", key=None, chain=None, key_length=None, count=None):
    key = epki(protect(KEY)) if key is None else key
    chain = [cert()] if chain is None else chain
    return (u32(1) + alias(name) + DATE + u32(len(key) if key_length is None else key_length) + key
            + u32(len(chain) if count is None else count) + b"".join(chain))


JKS = {
    "good-no-entries.jks": store(),
    "good-version-1.jks": store(
        u32(2) + alias(b"cobrowseio") + DATE + u32(len(CERTIFICATE)) + CERTIFICATE, version=1),
    "good-key-and-certificate.jks": store(private(), trusted(b"partner")),
    "good-key-without-chain.jks": store(private(chain=[])),
    "good-alias-nul-and-astral.jks": store(trusted(b"a\xc0\x80\xed\xa0\xbd\xed\xb8\x80")),
    "good-alias-empty.jks": store(trusted(b"")),
    "good-alias-moves-the-cursor.jks": store(trusted(b"\x1b[2J\xe2\x80\xae\nroot")),
    "good-duplicate-aliases.jks": store(trusted(), trusted()),
    "good-date-minus-1.jks": store(trusted(date=b"\xff" * 8)),
    "good-date-largest.jks": store(trusted(date=b"\x7f" + b"\xff" * 7)),
    "locked-key-other-protection.jks": store(private(key=epki(protect(KEY), oid("1.2.3.4")))),
    "locked-key-not-der.jks": store(private(key=b"\xff" * 64)),
    "locked-key-empty.jks": store(private(key=b"")),
    "locked-key-39-octets.jks": store(private(key=epki(b"\0" * 39))),
    "locked-key-trailing-bytes.jks": store(private(key=epki(protect(KEY)) + b"\0")),
    "locked-key-not-pkcs8.jks": store(private(key=epki(protect(b"not a key")))),
    "locked-key-pkcs8-trailing-bytes.jks": store(private(key=epki(protect(KEY + b"\0")))),
    "locked-key-of-no-bytes.jks": store(private(key=epki(protect(b"")))),
    "locked-key-huge-length-inside.jks": store(private(key=b"\x30\x84\x7f\xff\xff\xff" + epki(protect(KEY))[4:])),
    "bad-magic-only.jks": b"\xfe\xed\xfe\xed",
    "bad-version-0.jks": store(trusted(), version=0),
    "bad-version-3.jks": store(trusted(), version=3),
    "bad-entry-count-4294967295.jks": store(trusted(), count=0xFFFFFFFF),
    "bad-entry-count-1001.jks": store(*[u32(2) + alias(b"") + DATE + cert(b"")] * 1001),
    "bad-entry-count-one-more.jks": store(trusted(), count=2),
    "bad-entry-count-one-less.jks": store(trusted(), trusted(b"b"), count=1),
    "bad-entry-kind-3.jks": store(u32(3) + trusted()[4:]),
    "bad-alias-length-65535.jks": store(u32(2) + u16(65535) + b"cobrowseio" + DATE + cert()),
    "bad-alias-overlong-slash.jks": store(trusted(b"a\xc0\xaf")),
    "bad-alias-overlong-three.jks": store(trusted(b"\xe0\x80\xaf")),
    "bad-alias-raw-nul.jks": store(trusted(b"a\0b")),
    "bad-alias-four-bytes.jks": store(trusted("\U0001f600".encode())),
    "bad-alias-half-a-pair.jks": store(trusted(b"\xed\xa0\xbd")),
    "bad-alias-cut-short.jks": store(trusted(b"a\xe2\x80")),
    "bad-alias-latin-1.jks": store(trusted(b"caf\xe9")),
    "bad-key-length-4294967295.jks": store(private(key_length=0xFFFFFFFF)),
    "bad-key-length-2147483648.jks": store(private(key_length=0x80000000)),
    "bad-chain-count-4294967295.jks": store(private(count=0xFFFFFFFF)),
    "bad-chain-count-101.jks": store(private(chain=[cert(b"")] * 101)),
    "bad-certificate-length-4294967295.jks": store(trusted(certificate=cert(length=0xFFFFFFFF))),
    "bad-certificate-length-one-less.jks": store(trusted(certificate=cert(length=len(CERTIFICATE) - 1))),
    "bad-certificate-type.jks": store(trusted(certificate=cert(kind=b"X.500"))),
    "bad-certificate-type-length-65535.jks": store(trusted(certificate=u16(65535) + cert()[2:])),
    "bad-certificate-not-der.jks": store(trusted(certificate=cert(b"\xff" * 64))),
    "bad-certificate-empty.jks": store(trusted(certificate=cert(b""))),
    "bad-certificate-trailing-byte.jks": store(trusted(certificate=cert(CERTIFICATE + b"\0"))),
    "bad-certificate-huge-length-inside.jks": store(
        trusted(certificate=cert(b"\x30\x84\x7f\xff\xff\xff" + CERTIFICATE[4:]))),
    "bad-trailing-byte.jks": store(trusted()) + b"\0",
    "bad-no-check-value.jks": store(trusted())[:-20],
    "bad-check-value-cut.jks": store(trusted())[:-1],
    "bad-check-value-of-another-password.jks": store(trusted())[:-20] + hashlib.sha1(b"other").digest(),
}

# --- PKCS#12 ----------------------------------------------------------------------------------------------------------

DATA, ENCRYPTED, SIGNED, ENVELOPED = ("1.2.840.113549.1.7." + n for n in ("1", "6", "2", "3"))
BAG = "1.2.840.113549.1.12.10.1."
PBES2, PBKDF2, SCRYPT = "1.2.840.113549.1.5.13", "1.2.840.113549.1.5.12", "1.3.6.1.4.1.11591.4.11"
AES, HMAC256, SHA256 = "2.16.840.1.101.3.4.1.42", "1.2.840.113549.2.9", "2.16.840.1.101.3.4.2.1"


def data(content):
    return seq(oid(DATA), context(octets(content)))


def kdf(salt, iterations, size=32):
    """RFC 7292 appendix B.2 with SHA-256 and purpose 3."""
    password = PASSWORD.encode("utf-16-be") + b"\0\0"
    fill = lambda value: (value * (64 // len(value) + 1))[:64 * ((len(value) + 63) // 64)]
    digest = hashlib.sha256(b"\x03" * 64 + fill(salt) + fill(password)).digest()
    for _ in range(iterations - 1):
        digest = hashlib.sha256(digest).digest()
    return digest[:size]


def mac(content, announced=1, algorithm=SHA256):
    salt = b"saltsalt"
    value = hmac.new(kdf(salt, 1), content, hashlib.sha256).digest()
    return seq(seq(seq(oid(algorithm), b"\x05\x00"), octets(value)), octets(salt), integer(announced))


def pfx(*parts, check=True, version=3, **options):
    safe = seq(*parts)
    return seq(integer(version), data(safe), mac(safe, **options) if check else b"")


def attribute(number, value): return seq(oid("1.2.840.113549.1.9." + number), der(0x31, value))


def name(text): return attribute("20", der(0x1E, text))


def bag(kind, content, *attributes):
    return seq(oid(BAG + kind), context(content), der(0x31, *attributes) if attributes else b"")


def cert_bag(certificate=CERTIFICATE, *attributes):
    return bag("3", seq(oid("1.2.840.113549.1.9.22.1"), context(octets(certificate))), *attributes)


def pbes2(iterations=1, derivation=None, cipher=AES):
    derivation = derivation or seq(oid(PBKDF2), seq(octets(b"saltsalt"), integer(iterations), seq(oid(HMAC256), b"\5\0")))
    return seq(oid(PBES2), seq(derivation, seq(oid(cipher), octets(b"\0" * 16))))


def encrypted(algorithm, content=b"\0" * 64):
    return seq(oid(ENCRYPTED), context(seq(integer(0), seq(oid(DATA), algorithm, der(0x80, content)))))


def shrouded(algorithm, content=b"\0" * 64):
    return data(seq(bag("2", seq(algorithm, octets(content)))))


def nested(depth):
    content = cert_bag()
    for _ in range(depth):
        content = bag("6", seq(content))
    return data(seq(content))


NAME = name("cobrowseio".encode("utf-16-be"))
KEY_BAG = bag("1", KEY, NAME, attribute("21", octets(b"id")))
FULL = data(seq(KEY_BAG, cert_bag(CERTIFICATE, NAME, attribute("21", octets(b"id")))))
P12 = {
    "good-key-and-certificate.p12": pfx(FULL),
    "good-no-check-value.p12": pfx(FULL, check=False),
    "good-no-parts.p12": pfx(),
    "good-no-bags.p12": pfx(data(seq())),
    "good-key-alone.p12": pfx(data(seq(KEY_BAG))),
    "good-name-of-half-a-pair.p12": pfx(data(seq(cert_bag(CERTIFICATE, name(b"\xd8\x00"))))),
    "bad-name-of-odd-length.p12": pfx(data(seq(cert_bag(CERTIFICATE, name(b"\0a\0"))))),
    "good-name-empty.p12": pfx(data(seq(cert_bag(CERTIFICATE, name(b""))))),
    "good-name-not-a-text.p12": pfx(data(seq(cert_bag(CERTIFICATE, attribute("20", integer(1)))))),
    "good-id-not-octets.p12": pfx(data(seq(cert_bag(CERTIFICATE, attribute("21", integer(1)))))),
    "good-java-date-huge.p12": pfx(data(seq(cert_bag(CERTIFICATE, attribute("21", octets(b"Time " + b"9" * 40)))))),
    "good-ids-shared-by-two-certificates.p12": pfx(
        data(seq(KEY_BAG, *[cert_bag(CERTIFICATE, attribute("21", octets(b"id")))] * 2))),
    "good-secret-and-unknown-bags.p12": pfx(
        data(seq(bag("5", seq(oid("1.2.3"), context(octets(b"secret")))), cert_bag()))),
    "good-nested-3.p12": pfx(nested(3)),
    "bad-nested-20.p12": pfx(nested(20)),
    "bad-bags-1001.p12": pfx(data(seq(cert_bag() + bag("4", seq(oid("1.2.3"), context(octets(b"")))) * 1001))),
    "bad-check-value-iterations-2147483647.p12": pfx(FULL, announced=0x7FFFFFFF),
    "bad-check-value-iterations-beyond-64-bits.p12": pfx(FULL, announced=1 << 70),
    "bad-check-value-iterations-0.p12": pfx(FULL, announced=0),
    "bad-check-value-iterations-minus-1.p12": pfx(FULL, announced=-1),
    "bad-check-value-unknown-digest.p12": pfx(FULL, algorithm="1.2.840.113549.1.5.14"),
    "bad-part-iterations-2147483647.p12": pfx(encrypted(pbes2(0x7FFFFFFF))),
    "bad-part-iterations-minus-1.p12": pfx(encrypted(pbes2(-1))),
    "bad-part-garbage.p12": pfx(encrypted(pbes2(1))),
    "bad-part-scrypt.p12": pfx(encrypted(pbes2(derivation=seq(
        oid(SCRYPT), seq(octets(b"salt"), integer(1 << 40), integer(8), integer(1 << 30)))))),
    "bad-part-unknown-algorithm.p12": pfx(encrypted(seq(oid("1.2.3.4"), b"\5\0"))),
    "bad-part-no-parameters.p12": pfx(encrypted(seq(oid(PBES2)))),
    "bad-part-pbkdf2-no-parameters.p12": pfx(encrypted(pbes2(derivation=seq(oid(PBKDF2), b"\5\0")))),
    "bad-part-no-content.p12": pfx(seq(oid(ENCRYPTED), context(seq(integer(0), seq(oid(DATA), pbes2()))))),
    "bad-key-iterations-2147483647.p12": pfx(shrouded(pbes2(0x7FFFFFFF))),
    "bad-keys-iterations-add-up.p12": pfx(shrouded(pbes2(200_000)), *[shrouded(pbes2(9_900_000))] * 40),
    "locked-key-garbage.p12": pfx(shrouded(pbes2(1))),
    "bad-key-bag-garbage.p12": pfx(data(seq(bag("1", seq(integer(0)))))),
    "bad-signed.p12": seq(integer(3), seq(oid(SIGNED), context(seq(integer(1), der(0x31), seq(oid(DATA)), der(0x31)))), mac(b"")),
    "bad-enveloped.p12": pfx(seq(oid(ENVELOPED), context(seq(integer(0), der(0x31), seq(oid(DATA), pbes2()))))),
    "bad-certificate-garbage.p12": pfx(data(seq(cert_bag(b"\xff" * 32)))),
    "bad-bags-not-der.p12": pfx(data(b"\xff" * 32)),
    "bad-content-not-der.p12": seq(integer(3), data(b"\xff" * 32), mac(b"\xff" * 32)),
    "bad-length-of-2-gigabytes.p12": b"\x30\x84\x7f\xff\xff\xff\x02\x01\x03" + pfx(FULL)[7:],
    "bad-inner-length-of-2-gigabytes.p12": pfx(data(b"\x30\x84\x7f\xff\xff\xff" + seq(cert_bag())[4:])),
    "bad-trailing-byte.p12": pfx(FULL) + b"\0",
    "bad-cut-short.p12": pfx(FULL)[:-1],
    "bad-nothing-but-a-version.p12": seq(integer(3)) + b"\x30\x00",
    "bad-indefinite-lengths-1000-deep.p12": b"\x30\x80\x02\x01\x03" + b"\x30\x80" * 1000,
}

# --- private keys -----------------------------------------------------------------------------------------------------

def scrypt(n, r, p):
    return pbes2(derivation=seq(oid(SCRYPT), seq(octets(b"salt"), integer(n), integer(r), integer(p))))


def sealed_key(algorithm, content=b"\0" * 64): return seq(algorithm, octets(content))


def pem(label, content):
    lines = base64.encodebytes(content).decode()
    return f"-----BEGIN {label}-----\n{lines}-----END {label}-----\n".encode()


RSA = seq(oid("1.2.840.113549.1.1.1"), b"\5\0")
KEYS = {
    "bad-iterations-2147483647.der": sealed_key(pbes2(0x7FFFFFFF)),
    "bad-iterations-2147483647.key.pem": pem("ENCRYPTED PRIVATE KEY", sealed_key(pbes2(0x7FFFFFFF))),
    "bad-iterations-beyond-64-bits.der": sealed_key(pbes2(1 << 70)),
    "bad-iterations-0.der": sealed_key(pbes2(0)),
    "bad-iterations-minus-1.der": sealed_key(pbes2(-1)),
    "bad-old-scheme-iterations-2147483647.der": sealed_key(
        seq(oid("1.2.840.113549.1.12.1.3"), seq(octets(b"saltsalt"), integer(0x7FFFFFFF)))),
    "bad-scrypt-of-hours.der": sealed_key(scrypt(1 << 14, 8, 1 << 20)),
    "bad-scrypt-of-hours-in-little-memory.der": sealed_key(scrypt(1 << 17, 1, 1 << 17)),
    "bad-scrypt-beyond-64-bits.der": sealed_key(scrypt(1 << 70, 1 << 70, 1 << 70)),
    "bad-scrypt-no-parameters.der": sealed_key(pbes2(derivation=seq(oid(SCRYPT), b"\5\0"))),
    "bad-algorithm-unknown.der": sealed_key(seq(oid("1.2.3.4"), b"\5\0")),
    "bad-ciphertext-garbage.der": sealed_key(pbes2(1)),
    "bad-ciphertext-empty.der": sealed_key(pbes2(1), b""),
    "bad-key-inside-garbage.der": seq(integer(0), RSA, octets(b"\xff" * 32)),
    "bad-key-inside-empty.der": seq(integer(0), RSA, octets(b"")),
    "bad-version-2.der": seq(integer(2), RSA, octets(b"")),
    "bad-numbers-zero.der": seq(*[integer(0)] * 9),
    "bad-numbers-missing.der": seq(integer(0), integer(1)),
    "bad-length-of-2-gigabytes.der": b"\x30\x84\x7f\xff\xff\xff" + KEY[4:],
    "bad-trailing-begin-line.key.pem": b"-----BEGIN PRIVATE KEY-----\n" * 3,
    "good-pkcs8-TEST-ONLY.der": KEY,
}

# --- PKCS#7 files -----------------------------------------------------------------------------------------------------

SIGNED_DATA = oid("1.2.840.113549.1.7.2")
PLAIN = seq(oid("1.2.840.113549.1.7.1"))
NO_SET = der(0x31)
SMALL = pem_content("foreign/ed25519.crt")


def signed(*parts):
    return seq(SIGNED_DATA, context(seq(*parts)))


def certificates(*content):
    return signed(integer(1), NO_SET, PLAIN, der(0xA0, *content), NO_SET)


P7 = {
    "good-one.p7b": certificates(SMALL),
    "good-twice-the-same.p7b": certificates(SMALL, SMALL),
    "good-100-certificates.p7b": certificates(*[SMALL] * 100),
    "good-version-0.p7b": signed(integer(0), NO_SET, PLAIN, der(0xA0, SMALL), NO_SET),
    "good-trailing-bytes.p7b": certificates(SMALL) + b"trailing",
    "good-indefinite-lengths.p7b":
        b"\x30\x80" + SIGNED_DATA + b"\xa0\x80\x30\x80" + integer(1) + NO_SET + PLAIN
        + b"\xa0\x80" + SMALL + b"\0\0" + NO_SET + b"\0\0\0\0\0\0",
    "bad-101-certificates.p7b": certificates(*[SMALL] * 101),
    "bad-no-certificates.p7b": certificates(),
    "bad-no-set-of-certificates.p7b": signed(integer(1), NO_SET, PLAIN, NO_SET),
    "bad-no-content.p7b": seq(SIGNED_DATA),
    "bad-content-null.p7b": seq(SIGNED_DATA, context(b"\5\0")),
    "bad-enveloped.p7b": seq(oid("1.2.840.113549.1.7.3"), context(seq(integer(0), NO_SET, PLAIN))),
    "bad-data.p7b": seq(oid("1.2.840.113549.1.7.1"), context(octets(SMALL))),
    "bad-unknown-kind.p7b": seq(oid("1.2.840.113549.1.7.99"), context(seq(integer(1)))),
    "bad-certificate-garbage.p7b": certificates(b"\xff" * 32),
    "bad-certificate-empty.p7b": certificates(seq()),
    "bad-certificate-of-2-gigabytes.p7b": certificates(b"\x30\x84\x7f\xff\xff\xff" + SMALL[4:]),
    "bad-cut-short.p7b": certificates(SMALL)[:-40],
    "bad-length-of-4-gigabytes.p7b": b"\x30\x84\xff\xff\xff\xff" + certificates(SMALL)[4:],
    "bad-indefinite-lengths-1000-deep.p7b": b"\x30\x80" + SIGNED_DATA + b"\xa0\x80" + b"\x30\x80" * 1000,
    "bad-nested-1000-deep.p7b": seq(SIGNED_DATA, context(deep(1000))),
}

# --- Certificates and keys in text ------------------------------------------------------------------------------------

CERTIFICATE_TEXT = sample("foreign/ed25519.crt").decode()
RSA_TEXT = sample("salesforce/CobrowseIO.crt").decode()
PUBLIC_TEXT = sample("salesforce/CobrowseIO.pub.pem").decode()
PRIVATE_TEXT = sample("salesforce/CobrowseIO-TEST-ONLY.key.pem").decode()


def json_text(text, times):
    for _ in range(times):
        text = json.dumps(text)
    return text


TEXT = {
    "good-json-in-json.txt": json_text(RSA_TEXT, 3),
    "good-json-escaped-solidus.txt": json_text(RSA_TEXT, 1).replace("/", "\\/"),
    "good-json-unicode-escapes.txt": json_text(RSA_TEXT, 1).replace("+", "\\u002B").replace("=", "\\u003D"),
    "good-yaml-list.txt": "certificates:\n  - |\n" + "".join(f"    {line}\n" for line in RSA_TEXT.splitlines()),
    "good-yaml-folded.txt": 'certificate: "' + RSA_TEXT.replace("\n", "\\n\\\n    ") + '"\n',
    "good-java-source.txt": "".join(f'        "{line}\\n" +\n' for line in RSA_TEXT.splitlines()),
    "good-mail-quoted-twice.txt": "".join(f"> > {line}\n" for line in RSA_TEXT.splitlines()),
    "good-mail-quote-joined.txt": "".join(f"> {line} " for line in RSA_TEXT.splitlines()),
    "good-utf16-of-a-json-string.txt": b"\xff\xfe" + json_text(RSA_TEXT, 1).encode("utf-16-le"),
    "good-utf16-odd-byte-at-the-end.txt": b"\xff\xfe" + RSA_TEXT.encode("utf-16-le") + b"\n",
    "good-base64-of-utf16.txt": base64.b64encode(b"\xff\xfe" + RSA_TEXT.encode("utf-16-le")),
    "good-markers-touch.txt": (RSA_TEXT + CERTIFICATE_TEXT).replace("\n", ""),
    "good-no-padding.txt": "".join(RSA_TEXT.splitlines()[1:-1]).rstrip("="),
    "good-private-key-beside-TEST-ONLY.txt": json_text(RSA_TEXT + PRIVATE_TEXT, 1),
    "good-private-key-in-front-TEST-ONLY.txt": json_text(PRIVATE_TEXT + RSA_TEXT, 2),
    "good-private-key-called-certificate-TEST-ONLY.txt":
        RSA_TEXT + PRIVATE_TEXT[PRIVATE_TEXT.index("-----BEGIN"):].replace("PRIVATE KEY", "CERTIFICATE"),
    "good-public-key-after-a-csr.txt": sample("foreign/CobrowseIO.csr").decode() + PUBLIC_TEXT,
    "bad-private-key-alone-TEST-ONLY.txt": json_text(PRIVATE_TEXT, 1),
    "bad-private-key-without-armour-TEST-ONLY.txt": PRIVATE_TEXT[PRIVATE_TEXT.index("-----BEGIN"):].split("-----")[2],
    "bad-private-key-called-certificate-TEST-ONLY.txt":
        PRIVATE_TEXT[PRIVATE_TEXT.index("-----BEGIN"):].replace("PRIVATE KEY", "CERTIFICATE"),
    "bad-changed-letter.txt": RSA_TEXT.replace("\n", "").replace("AQ", "AR", 1),
    "bad-line-lost.txt": "".join(f"> {line}\n" for line in RSA_TEXT.splitlines() if not line.startswith("M")),
    "bad-two-halves.txt": RSA_TEXT[:500] + CERTIFICATE_TEXT[100:],
    "bad-labels-differ-on-one-line.txt": RSA_TEXT.replace("END CERTIFICATE", "END PUBLIC KEY").replace("\n", " "),
    "bad-base64-of-base64-of-base64.txt": base64.b64encode(base64.b64encode(base64.b64encode(RSA_TEXT.encode()))),
    "bad-dashes-4096.txt": "-" * 4096,
    "bad-begin-lines-500.txt": "-----BEGIN CERTIFICATE-----\n" * 500,
    "bad-label-4096.txt": "-----BEGIN " + "A" * 4096 + "-----\n",
    "bad-markers-without-an-end.txt": "--BEGIN CERTIFICATE " * 300,
    "bad-backslashes-4096.txt": "\\" * 4096 + "n",
    "bad-quotes-nested.txt": '"' * 1000 + RSA_TEXT[:300] + '"' * 1000,
    "bad-nul-bytes.txt": RSA_TEXT.replace("\n", "\0"),
    "bad-utf16-lone-surrogates.txt": b"\xff\xfe" + b"\x00\xd8" * 500,
    "bad-utf16-of-nothing.txt": b"\xff\xfe",
    "bad-utf16-swapped.txt": b"\xff\xfe" + RSA_TEXT.encode("utf-16-be"),
    "bad-utf16-twice.txt": b"\xff\xfe" + RSA_TEXT.encode("utf-16-le").decode("latin-1").encode("utf-16-le"),
    "bad-em-dashes.txt": "\u2014" * 1000,
    "bad-json-of-braces.txt": '{"a":' * 1000,
    "bad-encrypted-certificate.txt":
        RSA_TEXT.replace("MII", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\nMII", 1),
}

if __name__ == "__main__":
    for folder, files in (
        ("jks", JKS), ("pkcs12", P12), ("private-key", KEYS), ("pkcs7", P7), ("certificates", TEXT),
    ):
        for file, content in files.items():
            write(folder, file, content.encode() if isinstance(content, str) else content)
