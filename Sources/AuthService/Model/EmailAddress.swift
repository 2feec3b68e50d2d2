/// An e-mail address as an account is found by it.
///
/// Trimmed and lower-cased as a whole: Cobrowse and both CRMs compare addresses without regard to case. No dots are
/// removed and nothing after a plus sign is: those are different mailboxes for many providers.
package struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address in its compared form.
    package let value: String

    /// Takes an address of at most 254 bytes with one `@`, something on both sides and a domain of labels.
    ///
    /// - Returns: `nil` where a part is empty, or where control, bidirectional, zero-width or white-space characters
    ///   stand in it: two addresses that look alike must not be two people.
    package init?(_ text: some StringProtocol) {
        let trimmed = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        guard trimmed.allSatisfy({ $0.unicodeScalars.allSatisfy(Self.isAllowed) }) else { return nil }
        let lowered = String(trimmed).lowercased()
        guard (3...254).contains(lowered.utf8.count) else { return nil }
        let parts = lowered.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy({ !$0.isEmpty && $0.first != "-" && $0.last != "-" }) else { return nil }
        value = lowered
    }

    package var description: String { value }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return (0x21...0x7E).contains(scalar.value) && !"\"(),:;<>[\\]".unicodeScalars.contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned,
            .privateUse:
            return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
