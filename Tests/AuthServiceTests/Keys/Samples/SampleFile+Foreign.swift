import BridgeCore

extension SampleFile {
    /// What is handed over in place of an RSA certificate.
    static let foreign: [SampleFile] = [
        .refused("foreign/CobrowseIO.csr", .certificateMalformed, "FILE is a certificate request, not a certificate"),
        .privateKey("foreign/authority-TEST-ONLY.key.pem"),
        .trusted(
            "foreign/authority-signed-chain-reversed.pem", .authority,
            [
                """
                FILE holds 2 different certificates; the first was taken, "CN=Test Only Authority, O=Example, \
                C=DE" (SHA-256 7691221477cba6fb..., until 2125-01-01), as openssl does, and it is the authority \
                that signed "CN=cobrowse.example.com, O=Example, C=DE" (SHA-256 82c96694cc45e5e7..., until \
                2125-01-01)
                """
            ]),
        .trusted(
            "foreign/authority-signed-chain.pem", .cobrowse,
            [
                """
                FILE holds 2 different certificates; the first was taken, "CN=cobrowse.example.com, O=Example, \
                C=DE" (SHA-256 82c96694cc45e5e7..., until 2125-01-01), which the others vouch for
                """
            ]),
        .trusted("foreign/authority-signed.crt", .cobrowse),
        .trusted("foreign/authority.crt", .authority),
        .refused(
            "foreign/bad-base64.crt", .certificateMalformed,
            "FILE holds a certificate that cannot be read: not all of it is base64"),
        .privateKey("foreign/ec-p256-TEST-ONLY.key.pem"),
        .refused("foreign/ec-p256.crt", .keyNotRSA, "FILE is an elliptic-curve key, not an RSA key"),
        .refused("foreign/ec-p256.pub.pem", .keyNotRSA, "FILE is an elliptic-curve key, not an RSA key"),
        .privateKey("foreign/ed25519-TEST-ONLY.key.pem"),
        .refused("foreign/ed25519.crt", .keyNotRSA, "FILE is an Ed25519 key, not an RSA key"),
        .refused("foreign/ed25519.pub.pem", .keyNotRSA, "FILE is an Ed25519 key, not an RSA key"),
        .refused("foreign/empty-block.crt", .certificateMalformed, "FILE holds a certificate with nothing in it"),
        .refused("foreign/empty.crt", .certificateMalformed, "FILE is empty"),
        .refused("foreign/garbage.crt", .certificateMalformed, "FILE is neither a certificate nor a public key"),
        .refused("foreign/garbage.der", .certificateMalformed, "FILE is neither a certificate nor a public key"),
        .refused("foreign/huge-length.der", .certificateMalformed, "FILE is neither a certificate nor a public key"),
        .refused(
            "foreign/indefinite-length.der", .certificateMalformed, "FILE is neither a certificate nor a public key"),
        .refused(
            "foreign/labels-differ.crt", .certificateMalformed,
            "FILE holds a block that begins as \"CERTIFICATE\" and ends as \"PUBLIC KEY\""),
        .refused("foreign/login-page.crt", .certificateMalformed, "FILE is a web page, not a certificate"),
        .refused(
            "foreign/missing-line.crt", .certificateMalformed,
            "FILE holds a certificate that is cut off: 906 of 954 bytes are there"),
        .refused(
            "foreign/no-begin-line.crt", .certificateMalformed, "FILE begins in the middle: its BEGIN line is missing"),
        .refused(
            "foreign/no-end-line.crt", .certificateMalformed,
            "FILE holds a certificate that is cut off: its END line is missing"),
        .refused("foreign/openssh.pub", .certificateMalformed, "FILE is an OpenSSH public key, not a certificate"),
        .trusted("foreign/rsa-key-pss-signature.crt", .cobrowse),
        .privateKey("foreign/rsa-pss-TEST-ONLY.key.pem"),
        .refused("foreign/rsa-pss.crt", .keyNotRSA, "FILE is an RSA-PSS key, not an RSA key"),
        .refused("foreign/rsa-pss.pub.pem", .keyNotRSA, "FILE is an RSA-PSS key, not an RSA key"),
        .trusted(
            "foreign/trailing-bytes.der", .cobrowse,
            ["FILE holds 8 bytes besides the certificate, passed over as openssl does"]),
        .refused(
            "foreign/truncated-der.crt", .certificateMalformed,
            "FILE holds a certificate that is cut off: 400 of 954 bytes are there"),
        .refused(
            "foreign/truncated.der", .certificateMalformed, "FILE is DER that is cut off: 400 of 954 bytes are there"),
        .refused("foreign/white-space.crt", .certificateMalformed, "FILE holds nothing but white space"),
        .trusted(
            "foreign/authority-signed-chain.p7b", .cobrowse,
            [
                "FILE is a PKCS#7 file of 2 certificates; taken was \"CN=cobrowse.example.com, O=Example, C=DE\" (SHA-256 82c96694cc45e5e7..., until 2125-01-01), the one that signed none of the others"
            ]),
    ]
}
