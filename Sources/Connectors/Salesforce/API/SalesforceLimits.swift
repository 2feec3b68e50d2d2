internal import BridgeCore
internal import HTTPMessage

/// How many API requests an org has left for the last 24 hours (`limits`, `DailyApiRequests`).
package struct SalesforceLimits: Sendable, Hashable {
    package let largest: Int64
    package let remaining: Int64
}

extension SalesforceClient {
    /// What is left of the org's API requests.
    ///
    /// - Throws: as `query`.
    package func limits() async throws(ConnectorError) -> SalesforceLimits {
        let url = RequestURL(origin: instance, segments: ["services", "data", Self.version, "limits"])
        let requests = try await value(at: url)["DailyApiRequests"]
        guard let largest = requests?["Max"]?.integerValue, let remaining = requests?["Remaining"]?.integerValue,
            largest >= 0
        else { throw .unusable(instance, "answered without its limit of API requests") }
        return SalesforceLimits(largest: largest, remaining: min(max(remaining, 0), largest))
    }
}
