import AuthService
import BridgeCore
import BridgeTesting
import Testing

extension GUID {
    /// A GUID that ends with `number`.
    static func test(_ number: Int) throws -> GUID {
        let digits = "\(number)"
        return try GUID("00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
            .unwrapped("GUID")
    }
}

extension DynamicsSettings {
    /// Settings of tenant 1, client 2.
    static func test() throws -> DynamicsSettings {
        DynamicsSettings(
            tenantID: try .test(1), clientID: try .test(2), environmentURL: "https://acme.crm4.dynamics.com")
    }
}

extension Connection {
    /// The default connection of the tests' tenant, tested and consented to.
    static func test(_ name: String = "default") throws -> Connection {
        let id = ConnectionID(.dynamics, try ConnectionName(name).unwrapped("name"), of: .test)
        let credential = try ConnectionCredential.secret(Secret(Array("s3cr3t~value".utf8)))
            .sealed(for: id, client: .test(2), endingAt: now.adding(seconds: 86_400), at: now, by: TestVault())
        return Connection(id, .dynamics(try .test()), credential: credential, createdAt: now)
            .validated(
                Validation(testedAt: now, clientID: try GUID.test(2).value, organizationID: try GUID.test(9).value)
            )
            .consented(at: now)
    }
}
