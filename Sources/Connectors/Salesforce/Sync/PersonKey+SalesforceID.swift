internal import AuthService
internal import BridgeCore

extension PersonKey {
    /// The key of a user's id: its first 15 characters, which the other three follow from.
    init?(salesforceID id: SalesforceID) {
        var bytes: [UInt8] = id.value.utf8.prefix(15).map(\.self)
        guard bytes.count == 15 else { return nil }
        bytes.append(0)
        self.init(high: Self.word(bytes[0..<8]), low: Self.word(bytes[8..<16]))
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The id; `nil` for what is none.
    var salesforceID: SalesforceID? {
        let bytes = [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
        return SalesforceID(String(decoding: bytes.prefix(15), as: UTF8.self))
    }
}
