internal import BridgeCore
internal import BridgeCrypto

/// What is said about one token.
enum TokenVerdict {
    case valid(VerifiedToken)
    case refused(CommandFailure)

    var isValid: Bool {
        if case .valid = self { true } else { false }
    }

    /// The line of a batch: `valid`, or the reason code and what is wrong.
    var line: String {
        switch self {
        case .valid: "valid"
        case .refused(let failure): Printable.line("\(failure.code.rawValue) \(failure.detail)")
        }
    }

    /// Writes an object whose member `valid` decides which others there are.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("valid", isValid)
            switch self {
            case .valid(let token): Self.writeMembers(of: token, to: &writer)
            case .refused(let failure):
                writer.member("code", failure.code.rawValue)
                writer.member("detail", failure.detail)
                writer.member("hint", failure.hint)
            }
        }
    }

    private static func writeMembers(of token: VerifiedToken, to writer: inout JSONWriter) {
        writer.member("license", token.issuer)
        writer.member("email", token.subject)
        writer.name("role")
        switch token.role {
        case .absent, .agent: writer.string("agent")
        case .administrator: writer.string("administrator")
        case .null: writer.null()
        }
        writer.member("displayName", token.displayName)
        writer.member("issuedAt", token.issuedAt.description)
        writer.member("expiresAt", token.expiresAt.description)
        writer.member("keyId", token.keyThumbprint)
    }
}
