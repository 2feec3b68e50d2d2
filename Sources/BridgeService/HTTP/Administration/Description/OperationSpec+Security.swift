extension OperationSpec.Need {
    /// The ways to show who one is, with what is said of them.
    static let schemes = [
        ("apiToken", "An API token: cobrowse-sso admin token create."),
        ("agentToken", "A Cobrowse agent token; for the administration, of an administrator of the tenant."),
    ]

    /// The schemes that let callers in.
    var schemeNames: [String] {
        switch self {
        case .nothing: []
        case .agentToken: ["agentToken"]
        case .tenant, .queriedTenant: ["apiToken", "agentToken"]
        case .instance, .mint, .tenantMint: ["apiToken"]
        }
    }
}
