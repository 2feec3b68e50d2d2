internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// What an admission is answered with on the two login routes, rendered once and kept with the token.
struct LoginAnswer: Sendable {
    /// For `POST /api/1/sso/verify`.
    let verify: HTTPResponse
    /// For `GET /api/1/sso/authorize`.
    let authorize: HTTPResponse
    let role: Role

    init(_ admission: Admission) {
        verify = Self.verify(admission)
        authorize = Self.authorize(admission.account)
        role = admission.account.role
    }

    private static func verify(_ admission: Admission) -> HTTPResponse {
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
            if let policy = admission.token.policy { writer.raw(policy) } else { writer.null() }
        }
        var response = HTTPResponse(.ok, contentType: "application/json", body: writer.bytes)
        response.fields.append(.cacheControl, "no-store")
        return response
    }

    private static func authorize(_ account: Account) -> HTTPResponse {
        HTTPResponse(
            .noContent,
            fields: [
                HTTPField(.cobrowseLicense, HTTPFieldValue(replacingIllegalIn: account.license.value)),
                HTTPField(.cobrowseAccount, HTTPFieldValue(replacingIllegalIn: account.id)),
                HTTPField(.cobrowseEmail, HTTPFieldValue(replacingIllegalIn: account.email.value)),
                HTTPField(.cobrowseRole, HTTPFieldValue(replacingIllegalIn: account.role.rawValue)),
                HTTPField(.cacheControl, "no-store"),
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
