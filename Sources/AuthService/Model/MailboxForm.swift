/// What one pass over the bytes of an address finds: its form, and how much has to be done to compare it.
///
/// The hot path of every login: most addresses are lower-case ASCII, and for them this pass is all there is.
struct MailboxForm {
    /// Whether every byte is ASCII.
    private(set) var isASCII = true
    private(set) var hasUpperCase = false
    /// Whether a label of the domain begins with `xn--`, so that it stands for other letters.
    private(set) var hasALabel = false

    /// One `@` with something in front, and behind it labels of 1 to 63 bytes that neither begin nor end with `-`;
    /// `nil` for anything else, and for ASCII characters that quote, separate or cannot be seen.
    ///
    /// Other characters are judged elsewhere, and so is the length of labels that have some.
    init?(_ bytes: Span<UInt8>) {
        var isInDomain = false
        var label = Label()
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "@") {
                guard !isInDomain, index > 0 else { return nil }
                isInDomain = true
                label = Label()
                continue
            }
            guard Self.isAllowed(byte) else { return nil }
            if byte >= 0x80 { isASCII = false }
            if UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte { hasUpperCase = true }
            guard isInDomain else { continue }
            if byte == UInt8(ascii: ".") {
                guard label.isComplete else { return nil }
                label = Label()
            } else {
                guard label.append(byte) else { return nil }
                if label.isALabel { hasALabel = true }
            }
        }
        guard isInDomain, label.isComplete else { return nil }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ":"),
            UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "\\"),
            UInt8(ascii: "]"), 0x7F:
            false
        default: byte > 0x20
        }
    }

    /// The label of the domain that is being read.
    private struct Label {
        private var count = 0
        private var isASCII = true
        private var last = UInt8(ascii: "-")
        /// The last four bytes, letters in lower case.
        private var recent: UInt32 = 0

        var isComplete: Bool { last != UInt8(ascii: "-") && (count <= 63 || !isASCII) }

        /// Whether exactly `xn--` has been read.
        var isALabel: Bool { count == 4 && recent == 0x786E_2D2D }

        /// Takes the next byte; `false` for a hyphen in front.
        mutating func append(_ byte: UInt8) -> Bool {
            guard count > 0 || byte != UInt8(ascii: "-") else { return false }
            if byte >= 0x80 { isASCII = false }
            count += 1
            last = byte
            recent = recent << 8 | UInt32(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte)
            return true
        }
    }
}
