package import BridgeCore
package import BridgeCrypto

/// Why a login was refused, with the module that found it.
package enum LoginRefusal: ReasonedError {
    /// The token itself is bad.
    case token(TokenRefusal)
    /// The token is genuine, the person may not enter; with the id of the decision where it is written down already.
    case person(AccessDenial, decisionID: String?)
    /// The bridge could not find out.
    case failure(StoreError)

    /// OpenSSL cannot do what it always can: out of memory, or a library that is not itself.
    static func openSSL(_ error: CryptoError) -> LoginRefusal {
        .failure(StoreError(.internal, error.detail))
    }

    /// What a store cannot do is nothing the person could change: `internal`, whatever the store's own code is.
    package var code: ReasonCode {
        if case .failure = self { return .internal }
        return underlying.code
    }
    package var detail: String { underlying.detail }
    package var hint: String? { underlying.hint }

    private var underlying: any ReasonedError {
        switch self {
        case .token(let refusal): refusal
        case .person(let denial, _): denial
        case .failure(let error): error
        }
    }
}
