package import BridgeCore

/// One value of what an administrator has typed about a connection.
package enum DraftEntry: Sendable, Hashable {
    /// Not given: what is stored stays.
    case absent
    /// Given as nothing: what is stored goes.
    case none
    case text(String)

    /// The text, where there is one.
    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

/// One secret value of what an administrator has typed about a connection.
package enum DraftSecret: Sendable {
    /// Not given, or given as the mask that answers have in its place: what is stored stays.
    case absent
    /// Given as nothing: what is stored goes.
    case none
    case given(Secret)

    /// The secret, where one was given.
    package var secret: Secret? {
        if case .given(let secret) = self { secret } else { nil }
    }
}

extension DocumentObject {
    /// The entry of that name: a text, or null.
    func entry(_ name: String) throws(DocumentError) -> DraftEntry {
        switch optional(name) {
        case nil: return .absent
        case .null?: return .none
        case .string(let text)?: return .text(text)
        default: throw DocumentError(at: place(of: name), "has to be a text, or null")
        }
    }

    /// The secret of that name; a masked one is none that was given.
    func secret(_ name: String) throws(DocumentError) -> DraftSecret {
        switch try entry(name) {
        case .absent, .text(Connection.mask): .absent
        case .none: .none
        case .text(let text): .given(Secret(Array(text.utf8)))
        }
    }
}
