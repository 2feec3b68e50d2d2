/// The field `Prefer` (RFC 7240), as far as it is honoured.
struct Preferences: Sendable {
    /// `odata.maxpagesize`; `nil` where it is absent, or not between 1 and 5000: such a size is ignored.
    let maximumPageSize: Int?

    /// The most rows a page has.
    static let standardPageSize = 5000

    init(_ text: String?) {
        var size: Int?
        for preference in (text ?? "").split(separator: ",") {
            let halves = preference.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
            guard halves.count == 2, halves[0].lowercased() == "odata.maxpagesize", let number = Int(halves[1]) else {
                continue
            }
            size = (1...Self.standardPageSize).contains(number) ? number : nil
        }
        maximumPageSize = size
    }
}
