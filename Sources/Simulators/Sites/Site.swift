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

    /// What the journal calls it: `control`, `entra`, `discovery`, `dataverse/contoso`.
    package var name: String {
        switch self {
        case .control: "control"
        case .entra: "entra"
        case .discovery: "discovery"
        case .dataverse(let environment): "dataverse/\(environment)"
        }
    }
}
