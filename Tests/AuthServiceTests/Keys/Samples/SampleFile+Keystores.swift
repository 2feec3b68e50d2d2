import BridgeCore

extension SampleFile {
    /// Keystores are not opened here; each is called what it is.
    static let keystores: [SampleFile] = [
        .keystore("keystores/certificate-only.p12", "a PKCS#12 keystore"),
        .keystore("keystores/chain-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .keystore("keystores/changed-byte-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .keystore("keystores/ec-key-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .keystore("keystores/ec-key-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/empty-password-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .refused(
            "keystores/entry-password-TEST-ONLY.txt", .certificateMalformed,
            "FILE is neither a certificate nor a public key"),
        .keystore("keystores/huge-entry-count.jks", "a Java keystore (JKS)"),
        .keystore("keystores/java-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/java-trusted-certificate.p12", "a PKCS#12 keystore"),
        .keystore("keystores/java-two-keys-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/jceks-TEST-ONLY.jks", "a Java keystore (JCEKS)"),
        .keystore("keystores/key-and-certificate-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .keystore("keystores/legacy-3des-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/legacy-rc2-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/modern-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/no-alias-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/no-mac-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/one-key-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .keystore("keystores/other-entry-password-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .refused(
            "keystores/password-TEST-ONLY.txt", .certificateMalformed, "FILE is neither a certificate nor a public key"),
        .keystore("keystores/truncated-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .keystore("keystores/truncated-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .keystore("keystores/trusted-certificate.jks", "a Java keystore (JKS)"),
        .keystore("keystores/two-keys-TEST-ONLY.jks", "a Java keystore (JKS)"),
        .keystore("keystores/unencrypted-TEST-ONLY.p12", "a PKCS#12 keystore"),
        .refused(
            "keystores/wrong-password.txt", .certificateMalformed, "FILE is neither a certificate nor a public key"),
    ]
}
