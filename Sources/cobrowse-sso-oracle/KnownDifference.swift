/// Where `cert pubkey` and `openssl x509` may part; `Docs/Reliability.md` has the same list, with the reasons.
enum KnownDifference: String, CaseIterable {
    /// OpenSSL refuses the file; here its text was repaired, or it is PKCS#7, and a remark says so.
    case repaired = "refused by openssl, repaired here with a remark"
}
