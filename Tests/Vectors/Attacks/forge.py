#!/usr/bin/env python3
"""Builds the tokens that attacks.json describes, and writes those whose signature no library makes to forged.json.

  forge.py           writes forged.json (again after new keys or a changed table)
  forge.py --check   exits 1 where forged.json is not what the table and the keys give
  forge.py --all     prints every token: one JSON object a line with name, expect and token

Needs openssl (to read the keys) and the standard library. README.md describes the fields and operations.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "Certificates"))

from handmade import (  # noqa: E402
    RSAKey, SHA256_DIGEST_INFO, base64url, certificate, jwk, pem, pkcs1_public, salesforce_name, spki,
)  # fmt: skip

# What a test computes itself; tokens with any other signature are looked up in forged.json.
SIMPLE_SIGNATURES = {"rs256", "other-key", "empty", "zeros", "zeros-64", "garbage"}
DIGEST_INFO = {
    "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
    "sha256": SHA256_DIGEST_INFO,
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
SHA256_OID = bytes.fromhex("0609608648016503040201")
PLACEHOLDER = re.compile("@(other|trusted)-[a-z0-9]+@")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


class Forge:
    """The table together with the keys it names."""

    def __init__(self):
        self.table = json.loads((HERE / "attacks.json").read_text())
        self.trusted_certificate = ROOT / "Certificates/salesforce/CobrowseIO.crt"
        self.trusted = RSAKey.from_file(ROOT / self.table["keys"]["trusted"])
        self.other = RSAKey.from_file(ROOT / self.table["keys"]["other"])
        self.public_der = spki(pkcs1_public(self.trusted.n, self.trusted.e))

    def token(self, entry):
        """The compact token of `entry`."""
        if "token" in entry:
            return entry["token"]
        operation, _, argument = entry.get("mutate", "").partition(":")
        header, payload = self.text(entry, "header"), self.text(entry, "payload")
        if operation == "grow":
            header, payload = self.grow(header, payload, int(argument))
        parts = {"header": base64url(header), "payload": base64url(payload)}
        if operation == "raw-payload":
            parts["payload"] = payload.decode()
        if argument in parts and operation in PART_OPERATIONS:
            parts[argument] = PART_OPERATIONS[operation](parts[argument])
        message = f"{parts['header']}.{parts['payload']}".encode()
        parts["signature"] = base64url(self.signature(entry["signature"], message, header, payload))
        if argument == "signature" and operation in PART_OPERATIONS:
            parts["signature"] = PART_OPERATIONS[operation](parts["signature"])
        if operation in ("swap-header", "swap-payload"):
            parts[operation.removeprefix("swap-")] = base64url(entry["swapped"].encode())
        return self.finish(operation, argument, parts, entry)

    def text(self, entry, part):
        """The bytes of header or payload, with what the placeholders stand for."""
        if f"{part}Hex" in entry:
            return bytes.fromhex(entry[f"{part}Hex"])
        text = entry[part]
        if PLACEHOLDER.search(text):
            other_certificate = self.self_signed_other()
            trusted = self.certificate_der(self.trusted_certificate)
            text = text.replace("@other-jwk@", json.dumps(jwk(self.other), separators=(",", ":")))
            text = text.replace("@other-x5c@", base64.b64encode(other_certificate).decode())
            text = text.replace("@trusted-x5c@", base64.b64encode(trusted).decode())
            text = text.replace("@trusted-x5t@", base64url(hashlib.sha256(trusted).digest()))
        return text.encode()

    @staticmethod
    def certificate_der(path):
        command = ["openssl", "x509", "-in", str(path), "-outform", "DER"]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def self_signed_other(self):
        name = salesforce_name("CobrowseIO", "US")
        return certificate(self.other, name, name, spki(pkcs1_public(self.other.n, self.other.e)), 1)

    def grow(self, header, payload, size):
        """Appends spaces to the payload, and to the header where no number of them gives `size` characters."""
        signature = len(base64url(bytes(self.trusted.size)))
        for spaces in range(3):
            first = base64url(header + b" " * spaces)
            left = size - signature - 2 - len(first)
            if left % 4 != 1:
                wanted = left // 4 * 3 + max(0, left % 4 - 1)
                return header + b" " * spaces, payload + b" " * (wanted - len(payload))
        raise ValueError(f"no token of {size} characters")

    @staticmethod
    def finish(operation, argument, parts, entry):
        """What is done to the finished token."""
        header, payload, signature = parts["header"], parts["payload"], parts["signature"]
        token = f"{header}.{payload}.{signature}"
        if operation == "keep":
            return ".".join(token.split(".")[: int(argument)])
        if operation == "append":
            return token + argument
        if operation == "prepend":
            return argument + token
        if operation in ("repeat", "append-repeat"):
            character, _, count = argument.rpartition(":")
            return ("" if operation == "repeat" else token) + character * int(count)
        if operation == "percent-dots":
            return token.replace(".", "%2E")
        if operation == "full-width-dots":
            return token.replace(".", "\uff0e")
        if operation == "flattened-json":
            return json.dumps({"payload": payload, "protected": header, "signature": signature}, separators=(",", ":"))
        if operation == "general-json":
            signatures = [{"protected": header, "signature": signature}]
            return json.dumps({"payload": payload, "signatures": signatures}, separators=(",", ":"))
        if operation == "python-jwt-polyglot":
            forged = base64url(entry["swapped"].encode())
            members = {f"  {header}.{forged}.": "", "protected": header, "payload": payload, "signature": signature}
            return json.dumps(members, separators=(",", ":"))
        return token

    # --- Signatures --------------------------------------------------------------------------------------------------

    def signature(self, kind, message, header, payload):
        """The bytes of the third part."""
        key = self.trusted
        digest = hashlib.sha256(message).digest()
        genuine = lambda: key.sign(message)  # noqa: E731
        if kind.startswith("hs"):
            return self.mac(kind, message)
        recipes = {
            "rs256": genuine,
            "other-key": lambda: self.other.sign(message),
            "empty": lambda: b"",
            "zeros": lambda: bytes(key.size),
            "zeros-64": lambda: bytes(64),
            "garbage": lambda: bytes(index * 7 % 251 for index in range(key.size)),
            "psychic-der": lambda: bytes.fromhex("3006020100020100"),
            "one": lambda: (1).to_bytes(key.size, "big"),
            "modulus": lambda: key.n.to_bytes(key.size, "big"),
            "modulus-minus-one": lambda: (key.n - 1).to_bytes(key.size, "big"),
            "plus-modulus": lambda: (int.from_bytes(genuine(), "big") + key.n).to_bytes(key.size + 1, "big"),
            "zero-in-front": lambda: b"\0" + genuine(),
            "zero-behind": lambda: genuine() + b"\0",
            "byte-short": lambda: genuine()[:-1],
            "twice": lambda: genuine() * 2,
            "reversed": lambda: genuine()[::-1],
            "hexadecimal": lambda: genuine().hex().encode(),
            "of-payload": lambda: key.sign(message.split(b".")[1]),
            "of-plain-text": lambda: key.sign(header + b"." + payload),
            "of-default-payload": lambda: key.sign(
                message.split(b".")[0] + b"." + base64url(self.table["defaultPayload"].encode()).encode()
            ),
            "rs1": lambda: key.raw(self.block("sha1", message)),
            "rs384": lambda: key.raw(self.block("sha384", message)),
            "rs512": lambda: key.raw(self.block("sha512", message)),
            "ps256": lambda: key.raw(pss_block(digest, key.n.bit_length() - 1)),
            "cube-root": lambda: self.cube_root(digest),
            "cube-root-suffix": lambda: self.cube_root_suffix(digest),
        }
        if kind in recipes:
            return recipes[kind]()
        return key.raw(self.crooked_block(kind, digest))

    def mac(self, kind, message):
        """An HMAC whose secret is something public: `hs<bits>-with-<what>`."""
        algorithm, _, secret = kind.partition("-with-")
        public_pem = pem("PUBLIC KEY", self.public_der).encode()
        secrets = {
            "public-pem": public_pem,
            "public-pem-trimmed": public_pem.rstrip(b"\n"),
            "public-pem-leading-space": b" " + public_pem,
            "public-der": self.public_der,
            "pkcs1-pem": pem("RSA PUBLIC KEY", pkcs1_public(self.trusted.n, self.trusted.e)).encode(),
            "certificate-pem": self.trusted_certificate.read_bytes(),
            "certificate-der": self.certificate_der(self.trusted_certificate),
            "modulus": self.trusted.n.to_bytes(self.trusted.size, "big"),
            "empty-key": b"",
            "license": self.table["license"].encode(),
        }
        return hmac.new(secrets[secret], message, f"sha{algorithm[2:]}").digest()

    def block(self, name, message):
        """The EMSA-PKCS1-v1_5 block with the digest `name`."""
        suffix = DIGEST_INFO[name] + hashlib.new(name, message).digest()
        return b"\x00\x01" + b"\xff" * (self.trusted.size - 3 - len(suffix)) + b"\x00" + suffix

    def crooked_block(self, kind, digest):
        """A block that a careless parser takes for the padded digest; as long as the modulus."""
        size, info = self.trusted.size, SHA256_DIGEST_INFO + digest
        inner = SHA256_OID + b"\x05\x00"

        def padded(content, start=b"\x00\x01", fill=b"\xff", separator=b"\x00"):
            return start + fill * (size - len(start) - len(separator) - len(content)) + separator + content

        def filled(content):
            return content + b"\x5a" * (size - len(content))

        def digest_info(algorithm, octets=digest):
            body = bytes([0x30, len(algorithm)]) + algorithm + bytes([0x04, len(octets)]) + octets
            return bytes([0x30, len(body)]) + body

        good = padded(info)
        blocks = {
            "garbage-after-hash": lambda: filled(b"\x00\x01" + b"\xff" * 8 + b"\x00" + info),
            "garbage-byte-after-hash": lambda: padded(info + b"\x5a"),
            "garbage-in-parameters": lambda: padded(digest_info(SHA256_OID + b"\x05\x20" + b"\x5a" * 32)),
            "garbage-after-oid": lambda: padded(digest_info(inner + b"\x5a" * 16)),
            "parameters-absent": lambda: padded(digest_info(SHA256_OID)),
            "ber-lengths": lambda: padded(b"\x30\x89" + b"\x5a" * 8 + info[1:]),
            "bare-hash": lambda: padded(digest),
            "wrong-oid": lambda: padded(digest_info(bytes.fromhex("06052b0e03021a0500"))),
            "hash-truncated": lambda: padded(digest_info(inner, digest[:31])),
            "padding-not-ff": lambda: good[:80] + b"\xfe" + good[81:],
            "padding-zeros": lambda: padded(info, fill=b"\x00"),
            "padding-missing": lambda: filled(b"\x00\x01\x00" + info),
            "no-separator": lambda: padded(info, separator=b"\xff"),
            "block-type-0": lambda: padded(info, start=b"\x00\x00"),
            "block-type-2": lambda: padded(info, start=b"\x00\x02"),
        }
        return blocks[kind]()

    def cube_root(self, digest):
        """s with s³ = 00 01 FF…FF 00 DigestInfo digest garbage: the left part is what a cube root reaches."""
        start = b"\x00\x01" + b"\xff" * 8 + b"\x00" + SHA256_DIGEST_INFO + digest
        low = int.from_bytes(start, "big") << 8 * (self.trusted.size - len(start))
        root = integer_cube_root(low) + 1
        assert (root**3).to_bytes(self.trusted.size, "big").startswith(start)
        return root.to_bytes(self.trusted.size, "big")

    def cube_root_suffix(self, digest):
        """s with s³ = 00 01 garbage 00 DigestInfo digest, no zero inside the garbage; the digest has to be odd."""
        suffix = b"\x00" + SHA256_DIGEST_INFO + digest
        bits = 8 * len(suffix)
        assert digest[-1] & 1, "an even digest has no cube root modulo a power of two: change the payload"
        low = pow(int.from_bytes(suffix, "big"), pow(3, -1, 1 << (bits - 2)), 1 << bits)
        start = integer_cube_root(int.from_bytes(b"\x00\x01" + b"\xff" * 8 + b"\x5a" * (self.trusted.size - 10), "big"))
        for step in range(1, 100_000):
            root = ((start >> bits) + step << bits) | low
            block = (root**3).to_bytes(self.trusted.size, "big")
            if block[:2] == b"\x00\x01" and 0 not in block[2 : -len(suffix)]:
                assert block.endswith(suffix)
                return root.to_bytes(self.trusted.size, "big")
        raise ValueError("no cube without a zero byte")


def integer_cube_root(value):
    low, high = 0, 1 << (value.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= value else (low, middle - 1)
    return low


def pss_block(digest, bits):
    """EMSA-PSS (RFC 8017 §9.1.1) with SHA-256, MGF1 and a salt of 32 fixed bytes."""
    salt, size = b"\x5a" * 32, (bits + 7) // 8
    check = hashlib.sha256(bytes(8) + digest + salt).digest()
    data = bytes(size - 32 - 32 - 2) + b"\x01" + salt
    mask = b"".join(hashlib.sha256(check + index.to_bytes(4, "big")).digest() for index in range(size // 32 + 1))
    masked = bytearray(left ^ right for left, right in zip(data, mask))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + check + b"\xbc"


# --- Operations on one part ------------------------------------------------------------------------------------------


def non_canonical(part):
    """Sets the lowest unused bit of the last character."""
    assert len(part) % 4 in (2, 3), "no unused bits"
    return part[:-1] + ALPHABET[ALPHABET.index(part[-1]) | 1]


def padded(part):
    assert len(part) % 4, "needs no padding"
    return part + "=" * (-len(part) % 4)


def lengthened(part):
    return part + "A" * ((1 - len(part)) % 4 or 4)


def standard_alphabet(part):
    assert "-" in part or "_" in part, "reads the same in both alphabets"
    return part.replace("-", "+").replace("_", "/")


def flipped(part):
    content = bytearray(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    content[-1] ^= 1
    return base64url(bytes(content))


PART_OPERATIONS = {
    "pad": padded,
    "non-canonical": non_canonical,
    "newline": lambda part: part[:4] + "\n" + part[4:],
    "nul": lambda part: part[:4] + "\0" + part[4:],
    "lengthen": lengthened,
    "standard-alphabet": standard_alphabet,
    "flip": flipped,
}


def main(arguments):
    forge = Forge()
    if arguments == ["--all"]:
        for entry in forge.table["entries"]:
            print(json.dumps({"name": entry["name"], "expect": entry["expect"], "token": forge.token(entry)}))
        return
    rows = {
        entry["name"]: forge.token(entry)
        for entry in forge.table["entries"]
        if "token" not in entry
        and (entry["signature"] not in SIMPLE_SIGNATURES or PLACEHOLDER.search(entry.get("header", "")))
    }
    content = {"publicKeySHA256": hashlib.sha256(forge.public_der).hexdigest(), "tokens": rows}
    text = json.dumps(content, indent=2) + "\n"
    path = HERE / "forged.json"
    if arguments == ["--check"]:
        if path.read_text() != text:
            sys.exit("forge.py: forged.json is out of date, run forge.py")
    elif not arguments:
        path.write_text(text)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
