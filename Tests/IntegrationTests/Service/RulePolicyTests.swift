import BridgeCore
import BridgeService
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("The policy of a rule")
struct RulePolicyTests {
    @Test("is in the answer to a login that the rule let in, unless the token brings one")
    func policy() async throws {
        try await ServiceUnderTest.run { test in
            let rule = #"{"source":"salesforce","match":{"permissionSet":"A"},"role":"agent","policy":{"version":3}}"#
            try SQLiteConnection(test.configuration.databaseFile)
                .execute(#"UPDATE tenants SET settings = '{"tokenLifetime":"24h","rules":[\#(rule)]}'"#)
            let claim = #"{"emailVerified":true,"permissionSets":["A"]}"#
            let plain = try test.verify(try TokenMaker().token(["salesforce": claim])).json
            #expect(plain["policy"]?["version"]?.integerValue == 3)
            let own = try TokenMaker().token(["salesforce": claim, "policy": #"{"version":3,"own":true}"#])
            #expect(try test.verify(own).json["policy"]?["own"]?.boolValue == true)
            let signed = try test.verify(try TokenMaker().token(["sub": #""bob@example.com""#])).json
            #expect(signed["policy"] == .null)
        }
    }
}
