internal import BridgeCore

extension Connection {
    /// The organization that its people belong to, as their identities have it: the Entra tenant id, or that of the org.
    package var organization: String {
        switch settings {
        case .dynamics(let settings): settings.tenantID.value
        case .salesforce(let settings): settings.organizationID.value
        }
    }

    /// Whether the bridge reads the CRM itself, without which there is nothing to compare between sign-ins.
    package var isRead: Bool {
        switch settings {
        case .dynamics(let settings): settings.readAs == .application
        case .salesforce(let settings): settings.integrationUsername != nil
        }
    }
}
