internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension SyncBudget.Size {
    /// Of an org that may be sent so many API requests a day: a tenth of them, spread over the day in parts of ten minutes.
    static func salesforce(dailyLimit: Int) -> SyncBudget.Size {
        SyncBudget.Size(limit: max(smallest, dailyLimit / 10 / partsOfDay), window: 86_400 / Int64(partsOfDay))
    }

    private static let partsOfDay = 144
    /// What one sync of a small org needs.
    private static let smallest = 8

    /// Reads `api-usage=25/5000`, as each response has it (`Sforce-Limit-Info`, REST API Developer Guide); `nil` for
    /// anything else.
    init?(limitInfo text: String) {
        let parts = text.split(whereSeparator: { $0 == ";" || $0 == "," || $0 == " " })
        guard let usage = parts.first(where: { $0.hasPrefix("api-usage=") })?.dropFirst("api-usage=".count),
            let slash = usage.firstIndex(of: "/"), let limit = Int(usage[usage.index(after: slash)...]), limit > 0
        else { return nil }
        self = .salesforce(dailyLimit: limit)
    }
}
