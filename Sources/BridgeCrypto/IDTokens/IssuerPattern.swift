internal import BridgeCore

/// An issuer as a provider's metadata and keys name it: one text, or one for each tenant (`.../{tenantid}/v2.0`).
package struct IssuerPattern: Sendable, Hashable {
    /// As it was given, braces included.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// Whether the issuer depends on the tenant.
    package var isTemplate: Bool { text.contains(Self.placeholder) }

    /// The issuer of a tenant; `nil` for a template where there is no tenant id, or none that is a GUID.
    ///
    /// What takes the place of the braces comes from a token that nobody has verified: a GUID cannot bring a path along.
    package func issuer(ofTenant tenantID: String?) -> String? {
        guard isTemplate else { return text }
        guard let tenantID, GUID(tenantID) != nil else { return nil }
        return text.replacing(Self.placeholder, with: tenantID)
    }

    /// Whether `issuer`, byte for byte, is the one of the tenant.
    package func matches(_ issuer: String, ofTenant tenantID: String?) -> Bool {
        self.issuer(ofTenant: tenantID).map { $0.utf8.elementsEqual(issuer.utf8) } ?? false
    }

    private static let placeholder = "{tenantid}"
}
