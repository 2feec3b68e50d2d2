package import BridgeCore

/// Somebody who has shown who they are: what they may do, and how the audit trail names them.
package struct Access: Sendable, Hashable {
    package let grant: APIGrant
    package let bearer: Bearer

    /// By what somebody has shown who they are.
    package enum Bearer: Sendable, Hashable {
        case apiToken(id: String)
        /// An administrator's agent token.
        case account(id: String)

        /// `tok_...` or `acc_...`.
        package var id: String {
            switch self {
            case .apiToken(let id), .account(let id): id
            }
        }

        /// `token:tok_...` for an API token, `account:acc_...` for an administrator's agent token.
        package var actorName: String {
            switch self {
            case .apiToken(let id): "token:\(id)"
            case .account(let id): "account:\(id)"
            }
        }
    }

    package init(_ grant: APIGrant, by bearer: Bearer) {
        self.grant = grant
        self.bearer = bearer
    }

    /// The bearer's name in the audit trail.
    package var actorName: String { bearer.actorName }

    /// The actor of changes that come with the request `requestID`.
    package func actor(requestID: String?) -> Actor { Actor(actorName, requestID: requestID) }

    /// Lets pass whoever may do `permission`; `forbidden` for everybody else, in words that say nothing about whether
    /// the tenant asked for exists.
    package func require(_ permission: Permission) throws(APIRefusal) {
        guard !grant.allows(permission) else { return }
        let own = grant.license.map { " for \($0)" } ?? ""
        throw APIRefusal(
            .forbidden, "the scope \(grant.scope.rawValue)\(own) does not suffice for this request",
            hint: "use a token that \(Self.needed(for: permission))")
    }

    private static func needed(for permission: Permission) -> String {
        switch permission {
        case .mintTokens: "has the scope mint and is bound to that license"
        case .administer: "has the scope admin and is bound to that license, or the scope superuser"
        case .administerInstance: "has the scope superuser"
        }
    }
}

/// Why a request is not served: nobody has shown who they are (`unauthenticated`), or they may not (`forbidden`).
package struct APIRefusal: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    package init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: APIRefusal, right: APIRefusal) -> Bool { left.code == right.code }
}
