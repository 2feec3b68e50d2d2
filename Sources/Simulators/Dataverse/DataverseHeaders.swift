import HTTPMessage

/// The fields that only Dataverse has.
enum DataverseHeaders {
    static let odataVersion = name("OData-Version")
    static let preferenceApplied = name("Preference-Applied")
    static let requestID = name("x-ms-service-request-id")
    static let remainingRequests = name("x-ms-ratelimit-burst-remaining-xrm-requests")
    static let remainingTime = name("x-ms-ratelimit-time-remaining-xrm-requests")

    /// The names above are tokens, so the other side is never reached.
    private static func name(_ text: String) -> HTTPFieldName { HTTPFieldName(text) ?? .xRequestID }
}
