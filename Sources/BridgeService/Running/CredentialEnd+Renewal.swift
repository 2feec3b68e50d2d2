internal import AuthService
internal import BridgeCore

extension CredentialEnd {
    /// Every connection that shares it, for people.
    var connectionNames: String { connections.map(\.description).joined(separator: ", ") }

    /// How many commands are written out.
    private static let largestCommandCount = 3

    /// What to do about it, and with which command for each connection that shares it.
    var renewal: String {
        let systems = ConnectionID.Kind.allCases.filter { system in connections.contains { $0.kind == system } }
        let commands = connections.prefix(Self.largestCommandCount).map(command)
        let others = connections.count - commands.count
        return systems.map(preparation).joined(separator: "; ") + ", then " + commands.joined(separator: ", and ")
            + (others > 0 ? ", and the same for the other \(others)" : "")
    }

    private func preparation(_ system: ConnectionID.Kind) -> String {
        switch (system, kind) {
        case (.dynamics, .secret): "make a new client secret in the same app registration"
        case (.dynamics, .certificate): "make another certificate in the same app registration"
        case (.salesforce, .secret): "rotate the consumer secret of the app"
        case (.salesforce, .certificate): "make another key and certificate, and upload the certificate to the app"
        }
    }

    private func command(for id: ConnectionID) -> String {
        let flags = "--license \(id.license) --connection \(id.name)"
        let secret = "--client-secret-file FILE --secret-expires DATE"
        let key = "--client-key-file FILE --client-certificate-file FILE"
        return switch (id.kind, kind) {
        case (.dynamics, .secret): "cobrowse-sso dynamics rotate-secret \(flags) \(secret)"
        case (.dynamics, .certificate): "cobrowse-sso dynamics save \(flags) \(key)"
        case (.salesforce, .secret): "cobrowse-sso salesforce save \(flags) \(secret)"
        case (.salesforce, .certificate): "cobrowse-sso salesforce save \(flags) \(key)"
        }
    }
}
