package import AuthService
package import BridgeCore

/// What an administrator brings back from the consent page.
///
/// `tenant` is not even read: anybody can write it. That a tenant has consented is proven by a token from that tenant.
package struct ConsentCallback: Sendable {
    private let state: String?
    private let refusal: OAuthRefusal?
    private let isGranted: Bool

    /// Reads the query of the request.
    package init(query: String) {
        let values = QueryFields(query)
        state = values["state"]
        refusal =
            values.contains("error")
            ? OAuthRefusal(error: values["error"] ?? "", text: values["error_description"] ?? "") : nil
        isGranted = values["admin_consent"]?.lowercased() == "true"
    }

    /// What was consented to.
    ///
    /// The state comes first, so that nobody learns anything by calling; then `error`, since Entra sends
    /// `admin_consent=True` with a refusal as well.
    /// - Throws: `state_invalid`, `consent_declined`, `consent_required`, what else Entra's refusal means.
    package func consent(by vault: some SecretVault, now: Timestamp) throws(ConnectorError) -> ConsentState {
        let state = try ConsentState(sealed: state, by: vault, now: now)
        if let refusal { throw EntraErrors.explain(refusal, at: .authorization) }
        guard isGranted else {
            throw ConnectorError(
                .consentRequired, "Entra did not say that an administrator consented",
                hint: "open the consent URL again with an administrator's account", fixedBy: .tenantAdministrator)
        }
        return state
    }
}
