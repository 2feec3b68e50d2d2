/// An e-mail address as an account is found by it.
///
/// Trimmed, in lower case, the domain in ASCII: `Ann@Bücher.example` is `ann@xn--bcher-kva.example`. Cobrowse and both
/// CRMs compare addresses without regard to case. No dots are removed and nothing after a plus sign is: those are
/// different mailboxes for many providers. `Docs/Identities.md` has the rules, ADR 5 the reasons.
package struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address in its compared form, which is its own compared form again.
    package let value: String

    /// Takes an address of at most 254 bytes with one `@`, something on both sides and a domain of labels.
    ///
    /// - Returns: `nil` where a part is empty, or where control, bidirectional, zero-width or white-space characters
    ///   stand in it, an accent apart from its letter, a letter that stands for another one (full-width, ligatures),
    ///   or an A-label that means nothing: two addresses that look alike must not be two people. Nor may two be one:
    ///   letters that lower-casing turns into ASCII (the Kelvin sign, a dotted capital I) are refused.
    package init?(_ text: String) {
        let trimmed = Self.trimmed(text)
        guard let form = MailboxForm(trimmed.utf8Span.span), let value = Self.compared(trimmed, form),
            value.utf8.count <= 254
        else { return nil }
        self.value = value
    }

    package var description: String { value }

    /// The address with the domain in its letters, for expressions that are written that way and for the eye.
    package var inLetters: String {
        guard MailboxForm(value.utf8Span.span)?.hasALabel == true, let (local, domain) = Self.parts(of: value) else {
            return value
        }
        return local + DomainName.unicode(domain)
    }

    /// Spaces in front and behind are typing errors; a string without them is returned as it is.
    private static func trimmed(_ text: String) -> Substring {
        let space = UInt8(ascii: " ")
        let bytes = text.utf8
        let start = bytes.firstIndex { $0 != space } ?? bytes.endIndex
        var end = bytes.endIndex
        while end > start, bytes[bytes.index(before: end)] == space { end = bytes.index(before: end) }
        return text[start..<end]
    }

    private static func compared(_ text: Substring, _ form: MailboxForm) -> String? {
        guard form.isASCII, !form.hasALabel else { return international(text) }
        return form.hasUpperCase ? text.lowercased() : String(text)
    }

    private static func international(_ text: Substring) -> String? {
        guard text.isComposed, text.unicodeScalars.allSatisfy({ $0.isASCII || $0.isAddressCharacter }) else {
            return nil
        }
        let lowered = text.lowercased()
        guard lowered[...].isComposed, lowered.unicodeScalars.allSatisfy({ $0.isASCII || $0.isFolded }),
            let (local, domain) = parts(of: lowered), let domain = DomainName.ascii(domain)
        else { return nil }
        return local + domain
    }

    /// What stands up to the `@`, with it, and behind it.
    private static func parts(of text: String) -> (local: Substring, domain: Substring)? {
        guard let at = text.utf8.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        let start = text.utf8.index(after: at)
        return (text[..<start], text[start...])
    }
}
