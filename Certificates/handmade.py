"""Keys and certificates that no tool agrees to make: written byte by byte, Python's standard library only.

Called by generate.sh. Everything here is a function of fixed labels and of the key it is given, so that a second
run writes the same bytes. `RSAKey` and `der_*` also serve Tests/Vectors/Attacks/forge.py.
"""

import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import textwrap

OID_COMMON_NAME = bytes.fromhex("550403")
OID_ORGANIZATIONAL_UNIT = bytes.fromhex("55040b")
OID_ORGANIZATION = bytes.fromhex("55040a")
OID_LOCALITY = bytes.fromhex("550407")
OID_STATE = bytes.fromhex("550408")
OID_COUNTRY = bytes.fromhex("550406")
OID_RSA = bytes.fromhex("2a864886f70d010101")
OID_SHA256_WITH_RSA = bytes.fromhex("2a864886f70d01010b")
OID_BASIC_CONSTRAINTS = bytes.fromhex("551d13")
OID_SUBJECT_KEY_ID = bytes.fromhex("551d0e")
OID_AUTHORITY_KEY_ID = bytes.fromhex("551d23")
SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


# --- DER -------------------------------------------------------------------------------------------------------------


def der(tag, content):
    """One TLV with the shortest length."""
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def der_integer(value):
    """A non-negative INTEGER."""
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def der_sequence(*parts):
    return der(0x30, b"".join(parts))


def der_oid(octets):
    return der(0x06, octets)


def der_bits(content):
    return der(0x03, b"\0" + content)


def read_integers(data):
    """The INTEGERs of a SEQUENCE that holds nothing else (PKCS#1 keys)."""

    def header(offset):
        length, offset = data[offset + 1], offset + 2
        if length >= 128:
            count = length & 0x7F
            length, offset = int.from_bytes(data[offset : offset + count], "big"), offset + count
        return length, offset

    _, offset = header(0)
    values = []
    while offset < len(data):
        length, offset = header(offset)
        values.append(int.from_bytes(data[offset : offset + length], "big"))
        offset += length
    return values


def pem(label, content, comment=None):
    lines = [] if comment is None else [comment]
    lines += [f"-----BEGIN {label}-----"]
    lines += textwrap.wrap(base64.b64encode(content).decode(), 64)
    lines += [f"-----END {label}-----", ""]
    return "\n".join(lines)


def base64url(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


# --- RSA -------------------------------------------------------------------------------------------------------------


class RSAKey:
    """A private key with the raw operation, which command line tools wrap in padding of their own choice."""

    def __init__(self, n, e, d, p, q):
        self.n, self.e, self.d, self.p, self.q = n, e, d, p, q
        self.size = (n.bit_length() + 7) // 8

    @classmethod
    def from_file(cls, path):
        """Reads what `openssl` can read without a passphrase."""
        command = ["openssl", "rsa", "-in", str(path), "-traditional", "-outform", "DER"]
        values = read_integers(subprocess.run(command, check=True, capture_output=True).stdout)
        return cls(*values[1:6])

    @classmethod
    def from_primes(cls, p, q, e=65537):
        return cls(p * q, e, pow(e, -1, (p - 1) * (q - 1)), p, q)

    def raw(self, block):
        """block^d mod n, as long as the modulus."""
        return pow(int.from_bytes(block, "big"), self.d, self.n).to_bytes(self.size, "big")

    def sign(self, message):
        """RSASSA-PKCS1-v1_5 with SHA-256."""
        suffix = SHA256_DIGEST_INFO + hashlib.sha256(message).digest()
        return self.raw(b"\x00\x01" + b"\xff" * (self.size - 3 - len(suffix)) + b"\x00" + suffix)

    def pkcs1_private(self):
        p, q, d = self.p, self.q, self.d
        numbers = [0, self.n, self.e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p)]
        return der_sequence(*map(der_integer, numbers))


def pkcs1_public(n, e):
    return der_sequence(der_integer(n), der_integer(e))


def spki(public_key):
    """The SubjectPublicKeyInfo around a PKCS#1 public key."""
    return der_sequence(der_sequence(der_oid(OID_RSA), der(0x05, b"")), der_bits(public_key))


def stream(label, bits):
    """A number of exactly `bits` bits, its top two set, that depends on `label` alone."""
    octets, counter = b"", 0
    while len(octets) * 8 < bits:
        octets += hashlib.sha256(f"{label} {counter}".encode()).digest()
        counter += 1
    value = int.from_bytes(octets, "big") >> (len(octets) * 8 - bits)
    return value | 3 << (bits - 2)


def is_prime(value):
    small = primes(60)
    if any(value % prime == 0 for prime in small):
        return value in small
    odd, twos = value - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in small[:24]:
        power = pow(base, odd, value)
        if power in (1, value - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % value
            if power == value - 1:
                break
        else:
            return False
    return True


def primes(count):
    found, candidate = [], 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found


def next_prime(value):
    value |= 1
    while not is_prime(value) or (value - 1) % 65537 == 0:
        value += 2
    return value


def roca_prime(label):
    """A 1024-bit prime of the shape k*M + (65537^a mod M) that CVE-2017-15361 is about; M: the first 71 primes."""
    product = 1
    for prime in primes(71):
        product *= prime
    counter = 0
    while True:
        rest = pow(65537, stream(f"{label} a {counter}", 256), product)
        candidate = stream(f"{label} k {counter}", 1024) // product * product + rest
        if candidate.bit_length() == 1024 and candidate >> 1022 == 3 and is_prime(candidate):
            return candidate
        counter += 1


def roca_key():
    return RSAKey.from_primes(roca_prime("cobrowse-sso roca p"), roca_prime("cobrowse-sso roca q"))


def composite(factor, bits=2048):
    """A modulus of `bits` bits: `factor` times two primes."""
    p = next_prime(stream(f"cobrowse-sso composite {factor}", 1024))
    for length in range(bits - 1024 - factor.bit_length(), bits - 1020 - factor.bit_length()):
        modulus = factor * p * next_prime(stream(f"cobrowse-sso cofactor {factor}", length))
        if modulus.bit_length() == bits:
            return modulus
    raise ValueError(f"no modulus of {bits} bits with the factor {factor}")


def fermat_key():
    """Two primes so close that Fermat's method factors the modulus at once (CVE-2022-26320)."""
    p = next_prime(stream("cobrowse-sso fermat", 1024))
    return RSAKey.from_primes(next_prime(p + 2), p)


# --- Certificates ----------------------------------------------------------------------------------------------------


def name(*attributes):
    """A Name of one attribute a RDN, in the order given; C is a PrintableString, all else UTF8String."""
    return der_sequence(
        *(
            der(0x31, der_sequence(der_oid(oid), der(0x13 if oid == OID_COUNTRY else 0x0C, text.encode())))
            for oid, text in attributes
        )
    )


def salesforce_name(common_name, country):
    return name(
        (OID_COMMON_NAME, common_name),
        (OID_ORGANIZATIONAL_UNIT, "00D8Z000000btHhUAI"),
        (OID_ORGANIZATION, "Salesforce.com"),
        (OID_LOCALITY, "San Francisco"),
        (OID_STATE, "CA"),
        (OID_COUNTRY, country),
    )


def extension(oid, value, critical=False):
    return der_sequence(der_oid(oid), der(0x01, b"\xff") if critical else b"", der(0x04, value))


def certificate(signer, subject, issuer, public_key_info, serial, authority_serial=None):
    """A version 3 certificate, valid from 2025 to 2125, signed by `signer` whether or not that is the issuer."""
    key_id = hashlib.sha1(spki(pkcs1_public(signer.n, signer.e))).digest()
    authority = der(0x80, key_id)
    if authority_serial is not None:
        authority += der(0xA1, der(0xA4, issuer)) + der(0x82, der_integer(authority_serial)[2:])
    extensions = der_sequence(
        extension(OID_SUBJECT_KEY_ID, der(0x04, hashlib.sha1(public_key_info).digest())),
        extension(OID_AUTHORITY_KEY_ID, der_sequence(authority)),
        extension(OID_BASIC_CONSTRAINTS, der_sequence(der(0x01, b"\xff")), critical=True),
    )
    algorithm = der_sequence(der_oid(OID_SHA256_WITH_RSA), der(0x05, b""))
    body = der_sequence(
        der(0xA0, der_integer(2)),
        der_integer(serial),
        algorithm,
        issuer,
        der_sequence(der(0x17, b"250101000000Z"), der(0x18, b"21250101000000Z")),
        subject,
        public_key_info,
        der(0xA3, extensions),
    )
    return der_sequence(body, algorithm, der_bits(signer.sign(body)))


# --- Files -----------------------------------------------------------------------------------------------------------


def write_usa(path, key):
    """What Salesforce itself writes: C=USA (X.520 allows two letters) and an authority serial that is not the own."""
    subject = salesforce_name("CobrowseIO", "USA")
    serial = 0x01901F3B2C4A00000000A1B2C3D4
    info = spki(pkcs1_public(key.n, key.e))
    path.write_text(pem("CERTIFICATE", certificate(key, subject, subject, info, serial, serial ^ 0x24 << 64)))


def write_weak(folder, signer):
    """Public keys that must not be trusted, each as SPKI and inside a certificate; the signatures are `signer`'s."""
    keys = {
        "exponent-1": pkcs1_public(signer.n, 1),
        "exponent-even": pkcs1_public(signer.n, 65536),
        "exponent-huge": pkcs1_public(signer.n, signer.n - 2),
        "modulus-even": pkcs1_public(composite(2), 65537),
        "modulus-factor-3": pkcs1_public(composite(3), 65537),
        "modulus-factor-751": pkcs1_public(composite(751), 65537),
        "modulus-2047-bits": pkcs1_public(composite(1, 2047), 65537),
        "modulus-16392-bits": pkcs1_public(stream("cobrowse-sso long modulus", 16392) | 1, 65537),
        "modulus-negative": der_sequence(der(0x02, signer.n.to_bytes(signer.size, "big")), der_integer(65537)),
        "modulus-zero": pkcs1_public(0, 65537),
        "fermat": pkcs1_public(fermat_key().n, 65537),
        "roca": pkcs1_public(roca_key().n, 65537),
    }
    issuer = salesforce_name("CobrowseIO", "US")
    for serial, (label, public_key) in enumerate(keys.items(), start=0x2000):
        info = spki(public_key)
        subject = salesforce_name(f"CobrowseIO {label}", "US")
        (folder / f"{label}.pub.pem").write_text(pem("PUBLIC KEY", info))
        own = roca_key() if label == "roca" else signer
        authority = subject if label == "roca" else issuer
        body = certificate(own, subject, authority, info, serial)
        (folder / f"{label}.crt").write_text(pem("CERTIFICATE", body))


def jwk(key, private=False, **members):
    numbers = {"n": key.n, "e": key.e}
    if private:
        numbers |= {"d": key.d, "p": key.p, "q": key.q, "dp": key.d % (key.p - 1), "dq": key.d % (key.q - 1)}
        numbers |= {"qi": pow(key.q, -1, key.p)}
    octets = {label: value.to_bytes((value.bit_length() + 7) // 8, "big") for label, value in numbers.items()}
    return {"kty": "RSA", **members, **{label: base64url(content) for label, content in octets.items()}}


def write_jwks(shapes, private_path, key, other):
    """The public key as JWK and in JWK Sets, and once, TEST-ONLY, the private one."""

    def write(path, value):
        path.write_text(json.dumps(value, indent=2) + "\n")

    first = jwk(key, kid="CobrowseIO", use="sig", alg="RS256")
    second = jwk(other, kid="CobrowseIO-renewed", use="sig", alg="RS256")
    write(shapes / "CobrowseIO.jwk.json", first)
    write(shapes / "CobrowseIO.jwks.json", {"keys": [first]})
    write(shapes / "two-keys.jwks.json", {"keys": [first, second]})
    write(shapes / "without-kid.jwk.json", jwk(key))
    write(shapes / "for-encryption.jwk.json", jwk(key, kid="CobrowseIO", use="enc", alg="RSA-OAEP"))
    write(shapes / "duplicate-kid.jwks.json", {"keys": [first, second | {"kid": "CobrowseIO"}]})
    mixed = {"kty": "EC", "crv": "P-256", "kid": "ec", "x": base64url(b"\x01" * 32), "y": base64url(b"\x02" * 32)}
    write(shapes / "mixed-types.jwks.json", {"keys": [mixed, {"kty": "oct", "kid": "mac", "k": "c2VjcmV0"}, first]})
    write(private_path, jwk(key, private=True, kid="CobrowseIO-TEST-ONLY", use="sig", alg="RS256"))


def write_expected(root):
    """expected.json: for each readable certificate what `openssl x509` says of it."""

    def openssl(*arguments, **keywords):
        result = subprocess.run(["openssl", *arguments], capture_output=True, **keywords)
        return result.stdout if result.returncode == 0 else b""

    rows = {}
    for path in sorted([*root.glob("salesforce/*.crt"), *root.glob("weak/*.crt"), *root.glob("foreign/*.crt")]):
        content = openssl("x509", "-in", str(path), "-outform", "DER")
        public = openssl("x509", "-in", str(path), "-noout", "-pubkey")
        if not content or not public:
            continue
        info = base64.b64decode("".join(public.decode().splitlines()[1:-1]))
        lines = openssl(
            "x509", "-in", str(path), "-noout", "-subject", "-issuer", "-serial", "-dates",
            "-nameopt", "RFC2253", "-dateopt", "iso_8601",
        ).decode()  # fmt: skip
        values = dict(line.split("=", 1) for line in lines.splitlines())
        text = openssl("x509", "-in", str(path), "-noout", "-text").decode()
        bits = [line.split("(")[1].split(" ")[0] for line in text.splitlines() if "Public-Key: (" in line]
        algorithm = next(line.split(": ")[1] for line in text.splitlines() if "Signature Algorithm: " in line).strip()
        rows[str(path.relative_to(root))] = {
            "subject": values["subject"],
            "issuer": values["issuer"],
            "serial": values["serial"].lower(),
            "notBefore": values["notBefore"].replace(" ", "T"),
            "notAfter": values["notAfter"].replace(" ", "T"),
            "keyBits": int(bits[0]) if bits else None,
            "signatureAlgorithm": algorithm,
            "certificateSHA256": hashlib.sha256(content).hexdigest(),
            "publicKeySHA256": hashlib.sha256(info).hexdigest(),
        }
    (root / "expected.json").write_text(json.dumps(rows, indent=2) + "\n")


def main(command, root):
    root = pathlib.Path(root)
    keys = {label: root / path for label, path in {
        "main": "salesforce/CobrowseIO-TEST-ONLY.key.pem",
        "renewed": "salesforce/CobrowseIO-renewed-TEST-ONLY.key.pem",
    }.items()}  # fmt: skip
    if command == "make":
        signer, renewed = RSAKey.from_file(keys["main"]), RSAKey.from_file(keys["renewed"])
        write_usa(root / "salesforce/CobrowseIO-country-USA.crt", signer)
        write_weak(root / "weak", signer)
        write_jwks(root / "shapes", root / "keys/CobrowseIO-TEST-ONLY.jwk.json", signer, renewed)
        comment = "TEST-ONLY: not a production key, see Certificates/README.md"
        private = pem("RSA PRIVATE KEY", roca_key().pkcs1_private(), comment)
        (root / "weak/roca-TEST-ONLY.key.pem").write_text(private)
    elif command == "expect":
        write_expected(root)
    else:
        sys.exit(f"handmade.py: unknown command {command}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: handmade.py make|expect FOLDER")
    main(*sys.argv[1:])
