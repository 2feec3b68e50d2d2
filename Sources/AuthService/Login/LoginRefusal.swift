package import BridgeCore
package import BridgeCrypto

/// Why a login was refused, with the module that found it.
package enum LoginRefusal: ReasonedError {
    /// The token itself is bad; with the tenant whose keys or rules it does not meet, `nil` where none was asked.
    case token(TokenRefusal, tenant: TenantState? = nil)
    /// The login is genuine, the person may not enter; or a sign-in ended before that could be found out.
    case person(AccessDenial, Record)
    /// The bridge could not find out.
    case failure(StoreError)

    /// What there is to write the decision about a person down with.
    package enum Record: Sendable {
        /// It is written down already.
        case written(decisionID: String)
        /// What decided: what the tenant has become since is not why anybody was refused.
        case unwritten(any LoginEvidence, tenant: TenantState)
    }

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
    package var ownDetail: String { underlying.ownDetail }
    package var hint: String? { underlying.hint }

    /// Who can do something about it; `nil` where the code tells.
    var fixedBy: Fixer? {
        if case .person(let denial, _) = self { denial.fixedBy } else { nil }
    }

    /// The tenant whose keys or rules decided; `nil` where none did, or it is written down already.
    package var license: License? {
        switch self {
        case .token(_, let tenant): tenant?.license
        case .person(_, .unwritten(_, let tenant)): tenant.license
        case .person(_, .written), .failure: nil
        }
    }

    private var underlying: any ReasonedError {
        switch self {
        case .token(let refusal, _): refusal
        case .person(let denial, _): denial
        case .failure(let error): error
        }
    }
}
