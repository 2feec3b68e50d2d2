import BridgeCore

extension SampleFile {
    /// One certificate and its key in every wrapping: what OpenSSL reads without a word, the rest with one.
    static let shapes: [SampleFile] = [
        .trusted("shapes/76-columns.crt", .cobrowse),
        .trusted("shapes/CobrowseIO-pkcs1.pub.pem", .cobrowse),
        .trusted("shapes/CobrowseIO.der", .cobrowse),
        .trusted("shapes/CobrowseIO.jwk.json", .cobrowse),
        .trusted("shapes/CobrowseIO.jwks.json", .cobrowse),
        .trusted("shapes/CobrowseIO.p7b", .cobrowse, ["FILE is a PKCS#7 file; the certificate in it was taken out"]),
        .trusted("shapes/CobrowseIO.p7c", .cobrowse, ["FILE is a PKCS#7 file; the certificate in it was taken out"]),
        .trusted("shapes/CobrowseIO.pub.der", .cobrowse),
        .trusted("shapes/CobrowseIO.pub.pem", .cobrowse),
        .trusted("shapes/bag-attributes.crt", .cobrowse),
        .trusted(
            "shapes/bare-base64-one-line.txt", .cobrowse,
            ["FILE was repaired: the missing BEGIN and END lines were added"]),
        .trusted(
            "shapes/bare-base64.txt", .cobrowse, ["FILE was repaired: the missing BEGIN and END lines were added"]),
        .trusted("shapes/blank-lines-around.crt", .cobrowse),
        .trusted("shapes/bundle-of-twice-the-same.crt", .cobrowse),
        .trusted(
            "shapes/bundle-of-two.crt", .cobrowse,
            [
                """
                FILE holds 2 different certificates; the first was taken, "CN=CobrowseIO, OU=00D8Z000000btHhUAI, \
                O=Salesforce.com, L=San Fr..." (SHA-256 42f1db07d20d524c..., until 2125-01-01), as openssl does; \
                passed over: "CN=CobrowseIO, OU=00D8Z000000btHhUAI, O=Salesforce.com, L=San Fr..." (SHA-256 \
                c11d445c14c436d0..., until 2125-01-01)
                """
            ]),
        .trusted(
            "shapes/bundle-of-two.p7b", .cobrowse,
            [
                """
                FILE is a PKCS#7 file of 2 certificates; taken was "CN=CobrowseIO, OU=00D8Z000000btHhUAI, \
                O=Salesforce.com, L=San Fr..." (SHA-256 42f1db07d20d524c..., until 2125-01-01), the first of \
                those that signed no other
                """
            ]),
        .trusted(
            "shapes/carriage-returns-only.crt", .cobrowse, ["FILE was repaired: carriage returns were made line ends"]),
        .trusted("shapes/crlf.crt", .cobrowse),
        SampleFile("shapes/duplicate-kid.jwks.json", keys: [.cobrowse, .renewed]),
        .refused("shapes/for-encryption.jwk.json", .keyNotRSA, "FILE is not for signatures: use is not \"sig\""),
        .trusted("shapes/indented-tab.crt", .cobrowse, ["FILE was repaired: indentation was removed"]),
        .trusted("shapes/indented.crt", .cobrowse, ["FILE was repaired: indentation was removed"]),
        .trusted(
            "shapes/literal-crlf.txt", .cobrowse, ["FILE was repaired: backslash escapes such as \\n were resolved"]),
        .trusted(
            "shapes/literal-newlines.txt", .cobrowse, ["FILE was repaired: backslash escapes such as \\n were resolved"]
        ),
        .trusted(
            "shapes/mail-quote.txt", .cobrowse,
            ["FILE was repaired: marks such as > in front of the lines were removed"]),
        .refused("shapes/mixed-types.jwks.json", .privateKeyGiven, "FILE: keys[1] holds a private key"),
        .refused("shapes/no-certificates.p7b", .certificateMalformed, "FILE is a PKCS#7 file without a certificate"),
        .trusted("shapes/no-final-newline.crt", .cobrowse),
        .trusted(
            "shapes/one-line-spaces.crt", .cobrowse,
            ["FILE was repaired: the BEGIN and END lines were put on lines of their own"]),
        .trusted(
            "shapes/one-line.crt", .cobrowse,
            ["FILE was repaired: the BEGIN and END lines were put on lines of their own"]),
        .trusted(
            "shapes/public-key-bare-base64.txt", .cobrowse,
            ["FILE was repaired: the missing BEGIN and END lines were added"]),
        .trusted(
            "shapes/public-key-literal-newlines.txt", .cobrowse,
            ["FILE was repaired: backslash escapes such as \\n were resolved"]),
        .trusted(
            "shapes/quoted-json-string.txt", .cobrowse,
            ["FILE was repaired: backslash escapes such as \\n were resolved, quotation marks were removed"]),
        .trusted("shapes/quoted.txt", .cobrowse, ["FILE was repaired: quotation marks were removed"]),
        .trusted("shapes/text-before.crt", .cobrowse),
        .trusted("shapes/trailing-spaces.crt", .cobrowse),
        .trusted("shapes/trusted-certificate.crt", .cobrowse),
        SampleFile("shapes/two-keys.jwks.json", keys: [.cobrowse, .renewed]),
        .trusted(
            "shapes/typographic-dashes.txt", .cobrowse,
            ["FILE was repaired: typographic dashes, spaces and quotes were made plain ones"]),
        .trusted("shapes/unwrapped.crt", .cobrowse),
        .trusted("shapes/utf16-be.crt", .cobrowse, ["FILE was repaired: UTF-16 was read as text"]),
        .trusted("shapes/utf16-le.crt", .cobrowse, ["FILE was repaired: UTF-16 was read as text"]),
        .trusted("shapes/utf8-bom.crt", .cobrowse),
        .trusted("shapes/without-kid.jwk.json", .cobrowse),
        .trusted("shapes/wrong-armour.crt", .cobrowse, ["FILE was repaired: the BEGIN and END lines were put right"]),
        .trusted("shapes/x509-label.crt", .cobrowse),
        .trusted(
            "shapes/base64-of-all.txt", .cobrowse, ["FILE was repaired: the base64 around the whole file was taken off"]
        ),
        .trusted("shapes/block.yaml", .cobrowse, ["FILE was repaired: indentation was removed"]),
        .trusted(
            "shapes/double-spaced.crt", .cobrowse,
            ["FILE was repaired: blank lines and marks between the base64 were removed"]),
        .trusted(
            "shapes/member.json", .cobrowse,
            [
                "FILE was repaired: backslash escapes such as \\n were resolved, quotation marks were removed, the BEGIN and END lines were put on lines of their own"
            ]),
        .trusted(
            "shapes/p7b-as-certificate.crt", .cobrowse,
            [
                "FILE was repaired: the label of a block was made to say what is in it",
                "FILE is a PKCS#7 file; the certificate in it was taken out",
            ]),
        .trusted(
            "shapes/public-key-as-certificate.crt", .cobrowse,
            ["FILE was repaired: the label of a block was made to say what is in it"]),
        .trusted("shapes/public-key-as-pkcs1.pem", .cobrowse),
        .trusted(
            "shapes/source-code.txt", .cobrowse,
            [
                "FILE was repaired: backslash escapes such as \\n were resolved, indentation was removed, quotation marks were removed"
            ]),
        .trusted("shapes/utf16-be-no-mark.crt", .cobrowse, ["FILE was repaired: UTF-16 was read as text"]),
        .trusted("shapes/utf16-le-no-mark.crt", .cobrowse, ["FILE was repaired: UTF-16 was read as text"]),
    ]
}
