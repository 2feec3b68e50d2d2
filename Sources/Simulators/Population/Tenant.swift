import BridgeCore

/// An Entra tenant.
struct Tenant: Sendable, Hashable {
    /// What the population calls it: `contoso`.
    let name: String
    let id: GUID
    let displayName: String
    /// Its verified domain.
    let domain: String

    /// The tenant that personal accounts live in (ID token claims reference, Microsoft Learn).
    static let personal = Tenant(
        name: "personal", id: GUID(high: 0x9188_040D_6C67_4C5B, low: 0xB112_36A3_04B6_6DAD),
        displayName: "Personal accounts", domain: "live.com")

    init(name: String, id: GUID, displayName: String, domain: String) {
        (self.name, self.id, self.displayName, self.domain) = (name, id, displayName, domain)
    }

    init(_ object: DocumentObject) throws(SimulatorError) {
        let name = try object.required("name")
        self.init(
            name: name, id: try object.guid("id") ?? .named("tenant \(name)"),
            displayName: try object.text("displayName") ?? name, domain: try object.required("domain"))
    }

    static let members = ["name", "id", "displayName", "domain"]
}
