import AuthService
import BridgeCore
import BridgeTesting
import Testing

extension License {
    /// A license, or a failed test.
    static func example(_ value: String = "trial12345") throws -> License { try #require(License(value)) }
}

extension EmailAddress {
    /// An address, or a failed test.
    static func example(_ value: String) throws -> EmailAddress { try #require(EmailAddress(value)) }
}

extension Tenant {
    /// A tenant that uses every member.
    static func example(_ name: String = "trial12345") throws -> Tenant {
        Tenant(
            license: try License.example(name), name: "Société \"Générale\" \(name)",
            createdAt: Timestamp(milliseconds: 1_700_000_000_123),
            settings: TenantSettings(
                tokenLifetime: 900,
                rules: Rule.shipped + [Rule(.salesforceProfile("Sup\"port\n"), role: .agent)]))
    }
}

extension TrustedKey {
    /// A key with the given id; `number` tells its bytes and its import time from others'.
    static func example(
        _ id: String, _ number: UInt8 = 1, alias: String? = nil, endingAt end: Int64 = -2_000,
        of name: String = "trial12345"
    ) throws -> TrustedKey {
        TrustedKey(
            id: id, license: try License.example(name), alias: alias, declaredKeyID: "kid-\(id)",
            publicKey: [0x30, number, 0x00], certificate: [0x30, 0x00, number],
            notBefore: Timestamp(seconds: 1_000), notAfter: Timestamp(seconds: end),
            importedAt: Timestamp(milliseconds: 1_700_000_000_000 + Int64(number)))
    }
}

extension Login {
    /// A login of `address` whose account would get the id number `id`.
    static func example(
        _ address: String, id: Int = 1, name: String? = "Agent Example", role: Role = .agent, at seconds: Int64 = 1_000,
        of license: String = "trial12345"
    ) throws -> Login {
        let digits = String(id, radix: 16)
        return Login(
            license: try License.example(license), email: try .example(address), displayName: name, role: role,
            time: Timestamp(seconds: seconds),
            newAccountID: "acc_" + String(repeating: "0", count: 32 - digits.count) + digits)
    }
}
