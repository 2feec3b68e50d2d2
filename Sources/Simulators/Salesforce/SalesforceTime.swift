import BridgeCore

/// Times as Salesforce writes them.
enum SalesforceTime {
    /// `2026-11-30T09:30:00.000+0000`.
    ///
    /// - Parameter zone: what stands for UTC.
    static func text(_ time: Timestamp, zone: String = "+0000") -> String {
        let milliseconds = String(CivilTime(time).millisecond)
        let padded = String(repeating: "0", count: 3 - milliseconds.utf8.count) + milliseconds
        return "\(time.description.dropLast()).\(padded)\(zone)"
    }
}
