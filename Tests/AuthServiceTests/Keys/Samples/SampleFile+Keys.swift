extension SampleFile {
    /// Private halves, in every form.
    static let keys: [SampleFile] = [
        .privateKey("keys/CobrowseIO-TEST-ONLY.jwk.json"),
        .trusted(
            "keys/CobrowseIO-certificate-and-key-TEST-ONLY.pem", .cobrowse,
            ["FILE holds a private key too: keep it from others, and hand on the certificate alone"]),
        .privateKey("keys/CobrowseIO-crlf-TEST-ONLY.key.pem"),
        .privateKey("keys/CobrowseIO-encrypted-TEST-ONLY.key.pem"),
        .trusted(
            "keys/CobrowseIO-key-and-certificate-TEST-ONLY.pem", .cobrowse,
            ["FILE holds a private key too: keep it from others, and hand on the certificate alone"]),
        .privateKey("keys/CobrowseIO-pkcs1-TEST-ONLY.key.der"),
        .privateKey("keys/CobrowseIO-pkcs1-TEST-ONLY.key.pem"),
        .privateKey("keys/CobrowseIO-pkcs1-encrypted-TEST-ONLY.key.pem"),
        .privateKey("keys/CobrowseIO-pkcs8-TEST-ONLY.key.der"),
        .privateKey("keys/Other-TEST-ONLY.key.pem"),
        .trusted("keys/Other.pub.pem", .other),
        .trusted(
            "keys/CobrowseIO-literal-newlines-TEST-ONLY.txt", .cobrowse,
            [
                "FILE was repaired: backslash escapes such as \\n were resolved",
                "FILE holds a private key too: keep it from others, and hand on the certificate alone",
            ]),
    ]
}
