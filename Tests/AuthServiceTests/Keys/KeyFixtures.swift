import AuthService
import BridgeCore
import Testing

extension TrustedKey {
    /// A key by its names and times alone, in days from `keyNow`.
    static func made(
        _ id: String, alias: String? = nil, kid: String? = nil, begins: Int64? = nil, ends: Int64? = nil,
        retired: Int64? = nil, certificate: [UInt8]? = nil
    ) throws -> TrustedKey {
        func day(_ days: Int64) -> Timestamp { keyNow.adding(seconds: days * 86_400) }
        return TrustedKey(
            id: id, license: try #require(License("acme-test")), alias: alias, declaredKeyID: kid, publicKey: [],
            certificate: certificate, notBefore: begins.map(day), notAfter: ends.map(day),
            importedAt: day(-300), retiredAt: retired.map(day))
    }
}

/// The time at which keys are looked at.
let keyNow = Timestamp(seconds: 1_800_000_000)
