import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import Testing

@Suite("A person of Entra's")
struct EntraPersonTests {
    private static let connected = GUID(IDTokenMaker.tenantID)
    private static let issuer = "https://login.microsoftonline.com"

    /// The person, or why there is none.
    private func person(
        _ changes: KeyValuePairs<String, String?>, of tenant: EntraTenant? = nil
    ) throws -> Result<EntraPerson, IDTokenRefusal> {
        let tenant = try tenant ?? .id(#require(Self.connected))
        let rules = IDTokenRules(
            issuer: IssuerPattern(IDTokenMaker.issuerTemplate), clientID: IDTokenMaker.clientID,
            nonce: IDTokenMaker.nonce)
        let keys = try IDTokenKeySet(reading: IDTokenMaker.keySet(), source: "keys")
        let token = try UnverifiedIDToken(IDTokenMaker().token(changes).utf8.span)
        let verified = try rules.verify(token, keys: keys, accessToken: Secret([]), now: TokenMaker.now)
        do throws(IDTokenRefusal) {
            return .success(try EntraPerson(in: verified, of: tenant))
        } catch {
            return .failure(error)
        }
    }

    private static func tenant(_ id: String) -> KeyValuePairs<String, String?> {
        ["iss": "\"\(issuer)/\(id)/v2.0\"", "tid": "\"\(id)\""]
    }

    @Test("is tenant and object id, whatever names and addresses the token brings")
    func identity() throws {
        let names: [KeyValuePairs<String, String?>] = [
            [:], ["email": #""ceo@example.com""#, "xms_edov": "true"], ["preferred_username": #""ceo@example.com""#],
            ["upn": #""ceo@example.com""#, "unique_name": #""ceo@example.com""#],
            ["verified_primary_email": #"["ceo@example.com"]"#], ["sub": #""somebody-else""#],
        ]
        let people = try names.map { try person($0).get() }
        #expect(Set(people).count == 1)
        #expect(people.first?.tenantID.value == IDTokenMaker.tenantID)
        #expect(people.first?.objectID.value == IDTokenMaker.objectID)
        // No address is part of it, so none can be mistaken for it.
        #expect(Mirror(reflecting: try person([:]).get()).children.compactMap(\.label) == ["tenantID", "objectID"])
    }

    @Test("is one, however the ids are spelled")
    func spelling() throws {
        let upper = try person(["oid": "\"\(IDTokenMaker.objectID.uppercased())\""]).get()
        #expect(try upper == person([:]).get())
    }

    @Test("of another tenant is none of the connected one's")
    func otherTenant() throws {
        let other = "99999999-aaaa-4bbb-8ccc-000000000009"
        #expect(try person(Self.tenant(other)).failure?.code == .tenantMismatch)
        #expect(try person(Self.tenant(other), of: .organizations).get().tenantID.value == other)
    }

    @Test("is none with a personal account, wherever that signs in")
    func personal() throws {
        let personal = "9188040d-6c67-4c5b-b112-36a304b66dad"
        let id = try #require(GUID(personal))
        for tenant in [EntraTenant.organizations, .id(id)] {
            #expect(try person(Self.tenant(personal), of: tenant).failure == .personalAccount)
        }
        #expect(IDTokenRefusal.personalAccount.code == .tenantMismatch)
    }

    @Test(
        "needs ids that are ids, and a token of version 2.0",
        arguments: [
            (["oid": nil], .claimMissing), (["oid": #""ann""#], .claimInvalid), (["oid": #""""#], .claimInvalid),
            (["ver": nil], .claimInvalid), (["ver": #""1.0""#], .claimInvalid),
        ] as [(KeyValuePairs<String, String?>, ReasonCode)])
    func ids(changes: KeyValuePairs<String, String?>, code: ReasonCode) throws {
        #expect(try person(changes).failure?.code == code)
    }
}
