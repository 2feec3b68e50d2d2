import BridgeCore

/// Which addresses a transfer may connect to, judged at each socket, so that nothing can change between the check and
/// the connection.
enum AddressRule: Hashable {
    case publicOnly
    /// A simulator on this machine.
    case loopbackOnly
    /// The operator has listed the host, or a proxy resolves names.
    case any

    func allows(_ address: IPAddress) -> Bool {
        switch self {
        case .publicOnly: address.isPublic
        case .loopbackOnly: address.isLoopback
        case .any: true
        }
    }
}
