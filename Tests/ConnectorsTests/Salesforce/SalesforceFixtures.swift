import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

extension ConnectionID {
    /// A connection to Salesforce.
    static func org(_ name: String = "default") throws -> ConnectionID {
        ConnectionID(.salesforce, try ConnectionName(name).unwrapped("name"), of: try .test())
    }
}

/// What an administrator of `FakeOrg` types.
enum Acme {
    static let login = FakeOrg.login
    static let clientID = FakeOrg.clientID
    static let username = FakeOrg.username
    static let organization = FakeOrg.organization
    static let user = FakeOrg.user
    static let secret = FakeOrg.secret

    static let key = Result { try RSAPrivateKey.generate(bits: 2048) }
    static let otherKey = Result { try RSAPrivateKey.generate(bits: 2048) }

    static func pem(_ key: Result<RSAPrivateKey, any Error> = key) throws -> Secret { try key.get().exportPEM() }

    static func certificate(
        of key: Result<RSAPrivateKey, any Error> = key, start: Timestamp = now.adding(seconds: -60), days: Int = 365
    ) throws -> Certificate {
        try Certificate.selfSigned(by: key.get(), commonName: "bridge", start: start, days: days)
    }

    /// All of it, with changes.
    static func draft(_ change: (inout SalesforceDraft) throws -> Void = { _ in }) throws -> SalesforceDraft {
        var draft = SalesforceDraft(
            loginURL: .text(login), clientID: .text(clientID), clientSecret: .given(bytes(secret)),
            clientKey: .given(try pem()), integrationUsername: .text(username), organizationID: .text(organization))
        try change(&draft)
        return draft
    }

    static func bytes(_ text: String) -> Secret { Secret(Array(text.utf8)) }
}
