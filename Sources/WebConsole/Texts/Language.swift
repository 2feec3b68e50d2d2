/// A language that pages are written in.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case english = "en"
    case german = "de"

    /// The language that a browser likes best (`Accept-Language`, RFC 9110 §12.5.4); English where it likes none of them.
    ///
    /// Of a region only the language counts: `de-AT` is German.
    package init(accepting field: String?) {
        var best: (language: Language, weight: Int)?
        for item in (field ?? "").prefix(1_024).split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let range = parts.first, let language = Self.language(of: range) else { continue }
            let weight = Self.weight(parts.dropFirst())
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .english
    }

    private static func language(of range: String) -> Language? {
        if range == "*" { return .english }
        return Language(rawValue: range.prefix { $0 != "-" }.lowercased())
    }

    /// The weight in thousandths; 1000 without one, 0 for what is none.
    private static func weight(_ parameters: ArraySlice<String>) -> Int {
        guard let text = parameters.first(where: { $0.lowercased().hasPrefix("q=") })?.dropFirst(2) else {
            return 1_000
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.count == 2 ? String(parts[1]) : ""
        guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let whole = Int(parts[0]), let fraction = Int(digits + String(repeating: "0", count: 3 - digits.utf8.count))
        else { return 0 }
        return min(max(whole, 0) * 1_000 + fraction, 1_000)
    }
}
