/// The hosts of a vendor: `login.example.com`, or `*.crm#.example.com` with any labels in front and digits, or none,
/// in the place of `#`.
package struct HostPattern: Sendable, Hashable, ExpressibleByStringLiteral {
    private let labels: [String]
    private let hasPrefix: Bool

    /// Written in code, in lower case; `*` stands in front only, `#` at the end of a label.
    package init(stringLiteral text: String) {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        hasPrefix = labels.first == "*"
        self.labels = hasPrefix ? Array(labels.dropFirst()) : labels
    }

    /// Whether `host`, in lower case, is one of them.
    package func matches(_ host: String) -> Bool {
        let given = host.split(separator: ".", omittingEmptySubsequences: false)
        guard hasPrefix ? given.count > labels.count : given.count == labels.count else { return false }
        return zip(given.suffix(labels.count), labels).allSatisfy(Self.isMatch)
    }

    private static func isMatch(_ given: Substring, _ label: String) -> Bool {
        guard label.hasSuffix("#") else { return given == label }
        let stem = label.dropLast()
        return given.hasPrefix(stem) && given.dropFirst(stem.count).utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
