import BridgeTesting
import Simulators

extension FaultScene {
    /// Runs `body` with the connection that the scene needs.
    func run(limit: Duration, _ body: (LiveJourney) async throws -> Void) async throws {
        guard place.vendor == .salesforce else { return try await LiveJourney.run(limit: limit, body) }
        try await LiveJourney.runAtOrg(draft, limit: limit) { journey in
            if asksForCustomPermissions { try journey.administrator.changeTenant(["rules": Self.customPermissions]) }
            try await body(journey)
        }
    }

    /// Who is connected.
    var draft: LiveOrgDraft {
        switch self {
        case .ownToken, .login: LiveOrgDraft(integration: nil)
        case .clientCredentials: LiveOrgDraft(hasKey: false)
        default: LiveOrgDraft()
        }
    }

    /// Who signs in: somebody with a role by a set of their own, or by a group.
    var person: String { self == .members ? "toni" : "ben" }

    /// Nobody reads permission sets with their own token: without an integration user there is nobody to get in by them.
    private var asksForCustomPermissions: Bool {
        [.setupAccess, .permissionNames, .ownToken, .login].contains(self)
    }

    static let customPermissions = """
        [{"source":"salesforce","match":{"customPermission":"cobrowseio__Cobrowse_Admin"},"role":"administrator"},
         {"source":"salesforce","match":{"customPermission":"cobrowseio__Cobrowse_Agent"},"role":"agent"}]
        """
}
