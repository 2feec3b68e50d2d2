import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A connection that is edited")
struct ConnectionEditingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var isValidated = false
        var hasConsent = true
        let edit: @Sendable (inout DynamicsSettings, inout StoredCredential?) throws -> Void
    }

    static let rows = [
        Row(testDescription: "nothing", isValidated: true) { _, _ in },
        Row(testDescription: "client id", hasConsent: false) { settings, _ in settings.clientID = try .test(3) },
        Row(testDescription: "the operator's client", hasConsent: false) { settings, credential in
            (settings.clientID, credential) = (nil, nil)
        },
        Row(testDescription: "Entra tenant", hasConsent: false) { settings, _ in settings.tenantID = try .test(3) },
        Row(testDescription: "secret") { _, credential in
            credential = try ConnectionCredential.secret(Secret([1]))
                .sealed(for: Connection.test().id, client: .test(2), endingAt: nil, at: now, by: TestVault())
        },
        Row(testDescription: "environment URL") { settings, _ in
            settings.environmentURL = "https://other.crm4.dynamics.com"
        },
        Row(testDescription: "with whose token it reads") { settings, _ in settings.readAs = .agent },
        Row(testDescription: "what its assertions are signed with") { settings, _ in
            settings.assertionAlgorithm = .rs256
        },
        Row(testDescription: "approval of mailboxes", isValidated: true) { settings, _ in
            settings.mailboxApproval = .notUsed
        },
    ]

    @Test("is unvalidated once what was tested is something else (S4-34)", arguments: rows)
    func validation(row: Row) throws {
        let before = try Connection.test()
        #expect(before.isValidated(operatorClientID: nil))
        var (settings, credential) = (try DynamicsSettings.test(), before.credential)
        try row.edit(&settings, &credential)
        let edited = before.edited(.dynamics(settings), credential: credential, at: now.adding(seconds: 5))
        #expect((edited.validation != nil) == row.isValidated)
        #expect((edited.consent != .outstanding) == row.hasConsent)
        #expect(edited.settings == .dynamics(settings) && edited.credential == credential)
        #expect(edited.updatedAt == now.adding(seconds: 5) && edited.createdAt == before.createdAt)
    }

    @Test("with the operator's client is validated for as long as that is the client it was tested with")
    func operatorClient() throws {
        var settings = try DynamicsSettings.test()
        settings.clientID = nil
        let tested = try Connection.test().edited(.dynamics(settings), credential: nil, at: now)
            .validated(.init(testedAt: now, clientID: GUID.test(5).value, organizationID: nil))
        for (client, expected) in [(try GUID.test(5), true), (try GUID.test(6), false), (nil, false)] {
            #expect(tested.isValidated(operatorClientID: client?.value) == expected)
        }
    }
}
