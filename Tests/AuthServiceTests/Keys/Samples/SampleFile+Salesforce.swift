extension SampleFile {
    /// As Salesforce hands them over.
    static let salesforce: [SampleFile] = [
        .privateKey("salesforce/CobrowseIO-3072-TEST-ONLY.key.pem"),
        .trusted("salesforce/CobrowseIO-3072.crt", .rsa3072),
        .privateKey("salesforce/CobrowseIO-4096-TEST-ONLY.key.pem"),
        .trusted("salesforce/CobrowseIO-4096.crt", .rsa4096),
        .privateKey("salesforce/CobrowseIO-TEST-ONLY.key.pem"),
        .trusted("salesforce/CobrowseIO-country-USA.crt", .cobrowse),
        .trusted("salesforce/CobrowseIO-expired.crt", .cobrowse, ["the certificate expired on 2021-01-01T12:00:00Z"]),
        .trusted(
            "salesforce/CobrowseIO-not-yet-valid.crt", .cobrowse,
            ["the certificate is not valid before 2120-01-01T00:00:00Z"]),
        .privateKey("salesforce/CobrowseIO-renewed-TEST-ONLY.key.pem"),
        .trusted("salesforce/CobrowseIO-renewed.crt", .renewed),
        .trusted("salesforce/CobrowseIO.crt", .cobrowse),
        .trusted("salesforce/CobrowseIO.pub.pem", .cobrowse),
    ]
}
