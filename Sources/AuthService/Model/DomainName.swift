/// Domains with letters beyond ASCII: one spelling for each (IDNA 2008, the mapping of UTS 46 refused, not applied).
///
/// Takes domains in lower case whose form `MailboxForm` has accepted.
enum DomainName {
    /// The domain with every U-label written as its A-label, in ASCII.
    ///
    /// - Returns: `nil` where a label has more than 63 bytes then, holds what a domain may not, or is an A-label that
    ///   no U-label is written as.
    static func ascii(_ domain: Substring) -> String? {
        var labels: [String] = []
        for label in Self.labels(of: domain) {
            guard let label = ascii(label: label) else { return nil }
            labels.append(label)
        }
        return labels.joined(separator: ".")
    }

    /// The domain with every A-label written in its letters.
    static func unicode(_ domain: Substring) -> String {
        labels(of: domain).map { unicode(label: $0) ?? String($0) }.joined(separator: ".")
    }

    private static let prefix = "xn--"

    /// By bytes: a point and a vowel sign behind it are one `Character`.
    private static func labels(of domain: Substring) -> [Substring] {
        domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Substring.init)
    }

    private static func ascii(label: Substring) -> String? {
        guard label.utf8.allSatisfy({ $0 < 0x80 }) else { return encoded(label) }
        guard label.utf8.starts(with: prefix.utf8) else { return String(label) }
        guard let letters = unicode(label: label), let label = encoded(letters[...]), label.utf8.count <= 63 else {
            return nil
        }
        return label
    }

    private static func unicode(label: Substring) -> String? {
        guard label.utf8.starts(with: prefix.utf8),
            let scalars = Punycode.decode(Array(label.utf8.dropFirst(prefix.utf8.count)))
        else { return nil }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func encoded(_ label: Substring) -> String? {
        let scalars = Array(label.unicodeScalars)
        guard isULabel(scalars), label.isComposed, let code = Punycode.encode(scalars) else { return nil }
        return prefix + String(decoding: code, as: UTF8.self)
    }

    /// Letters, marks and digits as registries allow them (RFC 5892), not all ASCII.
    ///
    /// Hyphens in the third and fourth place are kept for prefixes such as `xn--` (RFC 5891 §4.2.3.1).
    private static func isULabel(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let first = scalars.first, first != "-", scalars.last != "-", !isMark(first),
            !scalars.dropFirst(2).starts(with: ["-", "-"]), scalars.contains(where: { !$0.isASCII })
        else { return false }
        return scalars.allSatisfy(isAllowed)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9", "-": return true
        // Middle dots, numeral sign, geresh, gershayim, and the ideographic zero: exceptions of RFC 5892 §2.6.
        case "\u{B7}", "\u{375}", "\u{5F3}", "\u{5F4}", "\u{30FB}", "\u{3007}": return true
        default: break
        }
        guard !scalar.isASCII, scalar.isAddressCharacter, scalar.isFolded else { return false }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return false
        }
    }
}
