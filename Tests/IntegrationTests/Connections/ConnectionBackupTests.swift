import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import FoundationEssentials
import HTTPMessage
import Testing

@Suite("A backup of a store with connections", .blocking)
struct ConnectionBackupTests {
    private static let paths = ["/connections/salesforce", "/connections/dynamics"]

    /// Saves a connection to each vendor, copies the store, removes them again, and runs `body` with the copy restored in
    /// another directory.
    private static func withRestored(
        _ body: (Administrator, FakeVendors, Configuration) async throws -> Void
    ) async throws {
        let vendors = FakeVendors()
        try await Administrator.run(sender: vendors) { administrator in
            for (path, draft) in zip(paths, [try SalesforceAdministrationTests.draft(), FakeMicrosoft.draft()]) {
                let saved = try administrator.call("PUT", path, json: draft)
                #expect(saved.status == 200, "\(saved.text)")
            }
            let configuration = administrator.test.configuration
            try await withTemporaryDirectory { directory in
                let copy = "\(directory)/copy.db"
                try Data().write(to: URL(filePath: copy))
                _ = try StoreMaintenance(configuration).backUp(to: copy, isCancelled: { false })
                for path in paths { #expect(try administrator.call("DELETE", path).status == 204) }
                let other = try ServiceUnderTest.configuration(
                    in: directory, ["master_key_file": configuration.masterKeyFile])
                _ = try StoreMaintenance(other).restore(copy, at: TokenMaker.now, isCancelled: { false })
                try await body(administrator, vendors, other)
            }
        }
    }

    @Test("has their credentials, which the restored service opens and uses beside the same master key")
    func restored() async throws {
        try await Self.withRestored { administrator, vendors, other in
            let service = try await ServiceUnderTest.start(other, sender: vendors)
            do {
                for path in Self.paths {
                    let client = try RawClient(port: service.port)
                    client.send(
                        ServiceUnderTest.request(
                            "POST", "\(Administrator.root)\(path)/test",
                            fields: ["Authorization: Bearer \(administrator.token)", "Content-Type: application/json"],
                            body: "{}"))
                    let answer = try client.response(toHead: false)
                    #expect(answer.status == 200, "\(answer.text)")
                }
            } catch {
                await service.stop()
                throw error
            }
            await service.stop()
            // The key and the secret of the org's app, and the secret of the registration.
            #expect(vendors.org.tokenForms.last?["assertion"] != nil)
            let proof = vendors.org.requests.last { $0.url.text.hasSuffix("/services/oauth2/introspect") }
            #expect(proof?.formFields["client_secret"] == FakeOrg.secret)
            #expect(
                vendors.microsoft.requests.last { $0.body != nil }?.formFields["client_secret"] == FakeMicrosoft.secret)
        }
    }

    @Test("is of no use beside another master key")
    func otherMasterKey() async throws {
        try await Self.withRestored { _, _, other in
            let license = try License.example(TokenMaker.license)
            let keyring = MasterKeyring(masterKeyFile: "\(other.dataDirectory)/another.key", isInUse: false)
            try keyring.prepare()
            try await ServiceUnderTest.withStore(other) { store in
                for kind in [ConnectionID.Kind.salesforce, .dynamics] {
                    let id = ConnectionID(kind, of: license)
                    let stored = try #require(try await store.connection(id)?.credential)
                    let error = #expect(throws: (any Error).self) {
                        switch kind {
                        case .salesforce: _ = try SalesforceCredential(opening: stored, of: id, by: keyring)
                        case .dynamics: _ = try ConnectionCredential(opening: stored, of: id, by: keyring)
                        }
                    }
                    #expect((error as? any ReasonedError)?.code == .passwordWrong)
                }
            }
        }
    }
}
