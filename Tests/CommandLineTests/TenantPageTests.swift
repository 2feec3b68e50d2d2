import AuthService
import BridgeCore
import Testing

@testable import cobrowse_sso

@Suite("The page about a tenant")
struct TenantPageTests {
    @Test("shows in sentences what the policies of its rules allow")
    func policies() throws {
        let policy = try Policy(
            try JSONValue(parsing: #"{"version":3,"sessions":{"id":"a\u001b\u202eb"},"x":{}}"#.utf8))
        let settings = TenantSettings(
            tokenLifetime: 900,
            rules: [
                Rule(.dynamicsTeam("Zo\u{202E}ë"), role: .agent, policy: policy),
                Rule(.dynamicsTeam("b"), role: .agent),
            ])
        let tenant = Tenant(
            license: try #require(License("trial12345")), name: nil, createdAt: Timestamp(seconds: 0),
            settings: settings)
        let sink = MemorySink()
        let output = Output(sink: sink, style: .plain)
        TenantShowCommand.show(tenant, output)
        try output.flush()
        #expect(
            sink.text.split(separator: "\n", omittingEmptySubsequences: false).suffix(5) == [
                "", "policy of dynamics team Zo\u{FFFD}ë:",
                "  may see and enter sessions whose id is \"a\\u001b\u{FFFD}b\"",
                "  warning: x: is not a documented resource", "",
            ])
    }
}
