internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension SyncBudget.Size {
    /// Of an org that may be sent so many API requests a day: a tenth of them, spread over the day in parts of ten minutes;
    /// in a small org in longer ones, that have room for what one sync needs.
    static func salesforce(dailyLimit: Int) -> SyncBudget.Size {
        // No org has as many, and what a header says is multiplied below.
        let tenth = max(1, min(dailyLimit, 1 << 40) / 10)
        let limit = max(smallest, tenth / partsOfDay)
        let window = (Int64(limit) * day + Int64(tenth) - 1) / Int64(tenth)
        return SyncBudget.Size(limit: limit, window: min(max(window, day / Int64(partsOfDay)), day))
    }

    private static let day: Int64 = 86_400
    private static let partsOfDay = 144
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
