import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The claim salesforce")
struct SalesforceClaimTests {
    private static let members: [(name: String, value: String)] = [
        ("organizationId", #""00D8Z000000btHhUAI""#), ("userId", #""0058Z000008Z0YzQAK""#),
        ("username", #""ann@example.com.sandbox""#), ("emailVerified", "true"), ("isActive", "true"),
        ("userType", #""Standard""#), ("profile", #""Standard User""#), ("permissionSets", "[]"),
        ("permissionSetGroups", "[]"), ("customPermissions", "[]"),
    ]

    /// A member with another value, in the claim or (`set.x`) in a permission set of it.
    static let samples: [ClaimSample] = {
        let values = ["null", "true", "1", #""text""#, "[]", #"["text"]"#, "{}"]
        let right: [String: Set<String>] = [
            "organizationId": [], "userId": [], "username": [#""text""#], "userType": [#""text""#],
            "profile": [#""text""#],
            "emailVerified": ["true"], "isActive": ["true"], "permissionSets": ["[]", #"["text"]"#],
            "permissionSetGroups": ["[]", #"["text"]"#], "customPermissions": ["[]", #"["text"]"#],
            "set.name": [#""text""#], "set.label": [#""text""#, "null"], "set.namespacePrefix": [#""text""#, "null"],
            "set.isActive": ["true"], "set.expirationDate": ["null"],
        ]
        return right.keys.sorted().flatMap { member in
            values.map { ClaimSample(member, $0, right[member]?.contains($0) == true ? nil : .claimInvalid) }
        }
    }()

    static let details: [ClaimSample] = [
        ClaimSample("emailVerified", nil, .claimMissing), ClaimSample("emailVerified", "false"),
        ClaimSample("organizationId", nil), ClaimSample("userId", nil), ClaimSample("username", nil),
        ClaimSample("isActive", nil), ClaimSample("isActive", "false"), ClaimSample("permissionSets", nil),
        ClaimSample("organizationId", #""00D8Z000000btHh""#), ClaimSample("userId", #""0058Z000008Z0Yz""#),
        ClaimSample("organizationId", #""00D8Z000000btHhU""#, .claimInvalid),
        ClaimSample("organizationId", #""0058Z000000btHhUAI""#, .claimInvalid),
        ClaimSample("userId", #""00D8Z000000btHhUAI""#, .claimInvalid),
        ClaimSample("userId", #""0058Z000008Z0Y-""#, .claimInvalid),
        ClaimSample("userId", #""0058Z000008Z0Yé""#, .claimInvalid),
        ClaimSample("permissionSets", #"["a",{"name":"b"}]"#),
        ClaimSample("permissionSets", #"[{"label":"b"}]"#, .claimInvalid),
        ClaimSample("permissionSets", "[null]", .claimInvalid), ClaimSample("permissionSets", "[[]]", .claimInvalid),
        ClaimSample("permissionSets", "[1]", .claimInvalid),
        ClaimSample("permissionSetGroups", "[null]", .claimInvalid),
        ClaimSample("customPermissions", #"["a",1]"#, .claimInvalid),
        ClaimSample("customPermissions", "[{}]", .claimInvalid),
        ClaimSample("set.name", nil, .claimInvalid), ClaimSample("set.name", "null", .claimInvalid),
        ClaimSample("set.expirationDate", #""2026-11-20""#),
        ClaimSample("set.expirationDate", #""2026-11-20T09:30:00Z""#),
        ClaimSample("set.expirationDate", #""2026-11-20T09:30:00.000+0000""#),
        ClaimSample("set.expirationDate", #""2026-02-30""#, .claimInvalid),
        ClaimSample("set.expirationDate", #""20.11.2026""#, .claimInvalid),
        ClaimSample("set.expirationDate", #""""#, .claimInvalid),
        ClaimSample("set.expirationDate", #""é0000""#, .claimInvalid),
        ClaimSample("unknown", "[null]"), ClaimSample("set.unknown", "{}"),
    ]

    @Test("is judged member by member, and the wrong one is named", arguments: samples + details)
    func member(_ sample: ClaimSample) throws {
        let refusal = try self.refusal(sample)
        #expect(refusal?.code == sample.code)
        let name = sample.claim.split(separator: ".").last.map(String.init) ?? ""
        if let refusal, name != "name" || sample.value != nil { #expect(refusal.detail.contains(name)) }
    }

    @Test("of the wrong type was tried for every member")
    func complete() {
        #expect(Set(Self.samples.map(\.claim)).count == 15)
        #expect(Self.samples.count == 15 * 7)
    }

    @Test("is read in full")
    func full() throws {
        let sets =
            #"["Short",{"name":"A","label":"L","namespacePrefix":"n","isActive":false,"expirationDate":"2026-11-20"}]"#
        let claims = try #require(
            try token(["permissionSets": sets, "permissionSetGroups": #"["G"]"#, "customPermissions": #"["C","D"]"#]))
        #expect(claims.organizationID == "00D8Z000000btHhUAI")
        #expect(claims.userID == "0058Z000008Z0YzQAK")
        #expect(claims.username == "ann@example.com.sandbox")
        #expect(claims.emailVerified && claims.isActive == true)
        #expect(claims.userType == "Standard" && claims.profile == "Standard User")
        #expect(claims.permissionSetGroups == ["G"] && claims.customPermissions == ["C", "D"])
        let read = try #require(claims.permissionSets)
        #expect(read.map(\.name) == ["Short", "A"])
        #expect(read.map(\.isShortForm) == [true, false])
        #expect(read.map(\.label) == [nil, "L"] && read.map(\.namespacePrefix) == [nil, "n"])
        #expect(read.map(\.isActive) == [nil, false])
        #expect(read[1].expirationDate == Timestamp(rfc3339: "2026-11-20T00:00:00Z"))
    }

    @Test("says nothing where it is silent, which is not the same as none")
    func silent() throws {
        let none = try #require(
            try token(["permissionSets": nil, "permissionSetGroups": nil, "customPermissions": nil]))
        #expect(none.permissionSets == nil && none.permissionSetGroups == nil && none.customPermissions == nil)
        let empty = try #require(try token([:]))
        #expect(empty.permissionSets == [] && empty.permissionSetGroups == [] && empty.customPermissions == [])
    }

    private func token(_ changes: KeyValuePairs<String, String?>) throws -> SalesforceClaims? {
        let text = try TokenMaker().token(["salesforce": claim(changes, in: Self.members)])
        return try verified(text, keys: KeyFixture.cobrowse.keySet).salesforce
    }

    private func refusal(_ sample: ClaimSample) throws -> TokenRefusal? {
        var changes: KeyValuePairs<String, String?> = KeyValuePairs(dictionaryLiteral: (sample.claim, sample.value))
        if sample.claim.hasPrefix("set.") {
            let change = KeyValuePairs(dictionaryLiteral: (String(sample.claim.dropFirst(4)), sample.value))
            changes = ["permissionSets": "[\(claim(change, in: [("name", #""a""#)]))]"]
        }
        let text = try TokenMaker().token(["salesforce": claim(changes, in: Self.members)])
        return try BridgeCryptoTests.refusal(of: text.utf8, keys: KeyFixture.cobrowse.keySet)
    }

    /// An object of `members` with some of them changed, added or left out.
    private func claim(
        _ changes: KeyValuePairs<String, String?>, in members: [(name: String, value: String)]
    ) -> String {
        var members = members
        for (name, value) in changes {
            members.removeAll { $0.name == name }
            if let value { members.append((name, value)) }
        }
        return "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
    }
}
