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
    package var isRead: Bool { settings.isRead }
}

extension Connection.Settings {
    /// Whether the bridge reads the CRM itself.
    fileprivate var isRead: Bool {
        switch self {
        case .dynamics(let settings): settings.readAs == .application
        case .salesforce(let settings): settings.integrationUsername != nil
        }
    }

    /// Whether the operator's client reads the CRM: that its tenant may, nothing has proven then.
    package var isReadByOperatorsClient: Bool {
        switch self {
        case .dynamics(let settings): isRead && settings.clientID == nil
        case .salesforce(let settings): isRead && settings.clientID == nil
        }
    }
}
