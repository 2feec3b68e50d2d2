internal import BridgeCore

/// One thing that editors, chats and well-meaning people do to the text of a certificate, and how it is undone.
///
/// A repair undoes what was done to the text around the content. None fills in what is missing, so that a file that
/// was cut off or damaged stays refused.
struct TextRepair: Sendable {
    /// What was undone, in words that follow "was repaired: ".
    let words: String
    /// The bytes without it, `nil` where there is nothing of it; a pure function in linear time, its result at most
    /// some times as long as its input.
    let undo: @Sendable ([UInt8]) -> [UInt8]?

    /// All of them, in an order in which each leaves text that the next one understands.
    static let all: [TextRepair] = [
        .utf16, .wrappedBase64, .escapes, .typography, .carriageReturns, .indentation, .quoteMarks, .quotes, .armour,
        .lines, .body, .bareBase64, .labels,
    ]
}

/// What was read from a file that had to be repaired for it.
struct Repaired<Value> {
    let value: Value
    /// The bytes that were read in the end.
    let bytes: [UInt8]
    /// In the order they were applied; none where the file could be read as it was.
    let repairs: [TextRepair]
}

extension TextRepair {
    /// Reads `bytes` with `reader`, and where that refuses them what repairs make of them: each alone first, so that no
    /// more is repaired, and said to be, than has to be; then one on top of the other.
    ///
    /// - Throws: what `reader` throws for `bytes` as they are; `certificate_malformed` gives way to another code that
    ///   it throws for repaired ones, which knows better what they are.
    static func read<Value>(
        _ bytes: [UInt8], _ reader: ([UInt8]) throws(CryptoError) -> Value
    ) throws(CryptoError) -> Repaired<Value> {
        do throws(CryptoError) {
            return Repaired(value: try reader(bytes), bytes: bytes, repairs: [])
        } catch {
            guard error.code == .certificateMalformed, isText(bytes) else { throw error }
            var attempts = Attempts(error)
            if let result = attempts.alone(bytes, reader) ?? attempts.together(bytes, reader) { return result }
            throw attempts.error
        }
    }

    /// Whether `bytes` may be text: DER has a SEQUENCE of more than 127 bytes in front, and Java keystores their mark.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        let isDER = bytes.count > 1 && bytes[0] == 0x30 && bytes[1] >= 0x80
        return !isDER && !bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) && !bytes.starts(with: [0xCE, 0xCE, 0xCE, 0xCE])
    }

    /// The bytes with all repairs that have something to undo.
    static func everything(_ bytes: [UInt8]) -> [UInt8] {
        guard isText(bytes) else { return bytes }
        return all.reduce(bytes) { bytes, repair in repair.undo(bytes) ?? bytes }
    }
}

/// The tries to read repaired bytes, and the error that is left when all have failed.
private struct Attempts {
    private(set) var error: CryptoError

    init(_ error: CryptoError) {
        self.error = error
    }

    mutating func alone<Value>(
        _ bytes: [UInt8], _ reader: ([UInt8]) throws(CryptoError) -> Value
    ) -> Repaired<Value>? {
        for repair in TextRepair.all {
            guard let undone = repair.undo(bytes), let value = read(undone, reader) else { continue }
            return Repaired(value: value, bytes: undone, repairs: [repair])
        }
        return nil
    }

    mutating func together<Value>(
        _ bytes: [UInt8], _ reader: ([UInt8]) throws(CryptoError) -> Value
    ) -> Repaired<Value>? {
        var (bytes, repairs) = (bytes, [TextRepair]())
        for repair in TextRepair.all {
            guard let undone = repair.undo(bytes) else { continue }
            bytes = undone
            repairs.append(repair)
            if repairs.count > 1, let value = read(bytes, reader) {
                return Repaired(value: value, bytes: bytes, repairs: repairs)
            }
        }
        return nil
    }

    private mutating func read<Value>(
        _ bytes: [UInt8], _ reader: ([UInt8]) throws(CryptoError) -> Value
    ) -> Value? {
        // No repair ends in anything but PEM, so that much need not be tried.
        guard ByteSearch.first(PEMText.begin, in: bytes, from: 0) != nil else { return nil }
        do throws(CryptoError) {
            return try reader(bytes)
        } catch {
            // The first refusal stands, unless a later one knows what the file is.
            if self.error.code == .certificateMalformed, error.code != .certificateMalformed { self.error = error }
            return nil
        }
    }
}
