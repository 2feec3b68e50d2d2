import BridgeCore
import HTTPMessage

/// `/{tenant}/v2.0/.well-known/openid-configuration`.
enum MetadataDocument {
    static func answer(_ path: AuthorityPath, at address: EntraAddress) -> HTTPResponse {
        let segment = path.segment
        return .json { writer in
            writer.object { writer in
                writer.member("token_endpoint", address.token(segment))
                writer.texts(
                    "token_endpoint_auth_methods_supported",
                    ["client_secret_post", "private_key_jwt", "client_secret_basic"])
                writer.member("jwks_uri", address.keys(segment))
                writer.texts("response_modes_supported", ["query", "fragment", "form_post"])
                writer.texts("subject_types_supported", ["pairwise"])
                writer.texts("id_token_signing_alg_values_supported", ["RS256"])
                writer.texts("response_types_supported", ["code", "id_token", "code id_token", "id_token token"])
                writer.texts("scopes_supported", ["openid", "profile", "email", "offline_access"])
                writer.member("issuer", address.issuer(path.tenant?.id.value ?? "{tenantid}"))
                writer.member("request_uri_parameter_supported", false)
                writer.member("authorization_endpoint", address.authorize(segment))
                writer.member("device_authorization_endpoint", address.deviceCode(segment))
                writer.member("end_session_endpoint", address.logout(segment))
                writer.texts("claims_supported", claims)
                writer.member("tenant_region_scope", path.tenant == nil ? nil : "EU")
                writer.member("cloud_instance_name", "microsoftonline.com")
            }
        }
    }

    private static let claims = [
        "sub", "iss", "cloud_instance_name", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver",
        "at_hash", "c_hash", "email",
    ]
}

extension JSONWriter {
    /// Writes a member with an array of strings.
    mutating func texts(_ name: String, _ texts: [String]) {
        self.name(name)
        array { writer in for text in texts { writer.string(text) } }
    }
}
