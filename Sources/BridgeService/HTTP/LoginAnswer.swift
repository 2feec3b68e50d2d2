internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// What an admission is answered with on the two login routes.
enum LoginAnswer {
    /// The body of `POST /api/1/sso/verify`, made once and kept with the token.
    static func body(_ admission: Admission<VerifiedToken>) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("license", admission.account.license.value)
            writer.name("account")
            writer.account(admission.account)
            writer.name("token")
            writer.object { writer in
                writer.member("issuedAt", admission.token.issuedAt.description)
                writer.member("expiresAt", admission.token.expiresAt.description)
                writer.member("keyId", admission.token.keyThumbprint)
            }
            writer.name("policy")
            switch AdmittedPolicy(admission) {
            case .token(let text): writer.raw(text)
            case .rule(let document): writer.value(document)
            case nil: writer.null()
            }
        }
        return writer.bytes
    }

    /// For `POST /api/1/sso/verify`.
    static func verify(_ login: RenderedLogin) -> HTTPResponse {
        HTTPResponse(
            .ok,
            fields: [
                HTTPField(.contentType, "application/json"), HTTPField(.cacheControl, "no-store"),
                HTTPField(.xDecisionID, HTTPFieldValue(replacingIllegalIn: login.decisionID)),
            ], body: login.body)
    }

    /// For `GET /api/1/sso/authorize` and the paths below it, both without a body.
    ///
    /// - Parameter isExact: Whether the path is that of the route. Below it it is Envoy that asks, which lets a request
    ///   through for 200 and for nothing else: <https://github.com/envoyproxy/envoy>, `ext_authz_http_impl.cc`.
    static func authorize(_ login: RenderedLogin, isExact: Bool) -> HTTPResponse {
        let account = login.account
        return HTTPResponse(
            isExact ? .noContent : .ok,
            fields: [
                HTTPField(.cobrowseLicense, HTTPFieldValue(replacingIllegalIn: account.license.value)),
                HTTPField(.cobrowseAccount, HTTPFieldValue(replacingIllegalIn: account.id)),
                HTTPField(.cobrowseEmail, HTTPFieldValue(replacingIllegalIn: account.email.value)),
                HTTPField(.cobrowseRole, HTTPFieldValue(replacingIllegalIn: account.role.rawValue)),
                HTTPField(.cacheControl, "no-store"),
                HTTPField(.xDecisionID, HTTPFieldValue(replacingIllegalIn: login.decisionID)),
            ])
    }
}

extension JSONWriter {
    /// Writes an account as every surface shows it.
    mutating func account(_ account: Account) {
        object { writer in
            writer.member("id", account.id)
            writer.member("email", account.email.value)
            writer.member("displayName", account.displayName)
            writer.member("role", account.role.rawValue)
            writer.member("status", account.status.rawValue)
        }
    }
}
