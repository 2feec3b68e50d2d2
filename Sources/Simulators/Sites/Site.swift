/// One of the places where the stand-ins are reached, each an origin of its own, as the real ones are.
package enum Site: Sendable, Hashable {
    /// The control surface.
    case control
    /// Entra: sign-in, tokens, keys.
    case entra
    /// The Global Discovery Service.
    case discovery
    /// The Dataverse environment of that name.
    case dataverse(String)
    /// Salesforce's log-in host of production orgs.
    case salesforceLogin
    /// Salesforce's log-in host of sandboxes.
    case salesforceTest
    /// The My Domain of the org of that name.
    case salesforce(String)

    /// What the journal calls it: `control`, `entra`, `discovery`, `dataverse/contoso`, `salesforce/acme`.
    package var name: String {
        switch self {
        case .control: "control"
        case .entra: "entra"
        case .discovery: "discovery"
        case .dataverse(let environment): "dataverse/\(environment)"
        case .salesforceLogin: "salesforce/login"
        case .salesforceTest: "salesforce/test"
        case .salesforce(let org): "salesforce/\(org)"
        }
    }
}
