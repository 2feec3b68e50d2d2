extension SampleFile {
    /// Weak keys are refused by name, weak signatures over sound keys are warned of.
    static let weak: [SampleFile] = [
        .weak("weak/exponent-1.crt", "its public exponent is 1"),
        .weak("weak/exponent-1.pub.pem", "its public exponent is 1"),
        .privateKey("weak/exponent-3-TEST-ONLY.key.pem"),
        .trusted("weak/exponent-3.crt", .exponent3),
        .trusted("weak/exponent-3.pub.pem", .exponent3),
        .weak("weak/exponent-even.crt", "its public exponent is even"),
        .weak("weak/exponent-even.pub.pem", "its public exponent is even"),
        .weak("weak/exponent-huge.crt", "its public exponent has more than 64 bits"),
        .weak("weak/exponent-huge.pub.pem", "its public exponent has more than 64 bits"),
        .trusted(
            "weak/fermat.crt", .fermat,
            ["the certificate belongs to an authority that signs others, not to one that signs tokens"]),
        .trusted("weak/fermat.pub.pem", .fermat),
        .trusted(
            "weak/md5.crt", .cobrowse, ["the certificate is signed with md5WithRSAEncryption, which can be forged"]),
        .weak("weak/modulus-16392-bits.crt", "it has 16392 bits, more than 16384 are not supported"),
        .weak("weak/modulus-16392-bits.pub.pem", "it has 16392 bits, more than 16384 are not supported"),
        .weak("weak/modulus-2047-bits.crt", "it has 2047 bits, 2048 are needed"),
        .weak("weak/modulus-2047-bits.pub.pem", "it has 2047 bits, 2048 are needed"),
        .weak("weak/modulus-even.crt", "its modulus is divisible by 2"),
        .weak("weak/modulus-even.pub.pem", "its modulus is divisible by 2"),
        .weak("weak/modulus-factor-3.crt", "its modulus is divisible by 3"),
        .weak("weak/modulus-factor-3.pub.pem", "its modulus is divisible by 3"),
        .weak("weak/modulus-factor-751.crt", "its modulus is divisible by 751"),
        .weak("weak/modulus-factor-751.pub.pem", "its modulus is divisible by 751"),
        .trusted(
            "weak/modulus-negative.crt", .cobrowse,
            ["the certificate belongs to an authority that signs others, not to one that signs tokens"]),
        .trusted("weak/modulus-negative.pub.pem", .cobrowse),
        .weak("weak/modulus-zero.crt", "it has 0 bits, 2048 are needed"),
        .weak("weak/modulus-zero.pub.pem", "it has 0 bits, 2048 are needed"),
        .privateKey("weak/roca-TEST-ONLY.key.pem"),
        .weak("weak/roca.crt", "its modulus has the fingerprint of the Infineon library (CVE-2017-15361)"),
        .weak("weak/roca.pub.pem", "its modulus has the fingerprint of the Infineon library (CVE-2017-15361)"),
        .privateKey("weak/rsa-1024-TEST-ONLY.key.pem"),
        .weak("weak/rsa-1024.crt", "it has 1024 bits, 2048 are needed"),
        .weak("weak/rsa-1024.pub.pem", "it has 1024 bits, 2048 are needed"),
        .trusted(
            "weak/sha1.crt", .cobrowse, ["the certificate is signed with sha1WithRSAEncryption, which can be forged"]),
    ]
}
