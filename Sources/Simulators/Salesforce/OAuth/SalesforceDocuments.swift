import BridgeCore
import BridgeCrypto
import HTTPMessage

/// `/.well-known/openid-configuration`: every host is an issuer of its own.
enum SalesforceMetadata {
    static func answer(_ origin: String) -> HTTPResponse {
        let oauth = "\(origin)/services/oauth2"
        return .json { writer in
            writer.object { writer in
                writer.member("issuer", origin)
                writer.member("authorization_endpoint", "\(oauth)/authorize")
                writer.member("token_endpoint", "\(oauth)/token")
                writer.member("revocation_endpoint", "\(oauth)/revoke")
                writer.member("userinfo_endpoint", "\(oauth)/userinfo")
                writer.member("introspection_endpoint", "\(oauth)/introspect")
                writer.member("jwks_uri", "\(origin)/id/keys")
                writer.texts("scopes_supported", SalesforceScope.known.sorted())
                writer.texts("response_types_supported", ["code", "token", "token id_token"])
                writer.texts("subject_types_supported", ["public"])
                writer.texts("id_token_signing_alg_values_supported", ["RS256"])
                writer.texts("display_values_supported", ["page", "popup", "touch"])
                writer.texts(
                    "token_endpoint_auth_methods_supported",
                    ["client_secret_post", "client_secret_basic", "private_key_jwt"])
                writer.texts(
                    "claims_supported", ["sub", "email", "email_verified", "active", "organization_id", "user_id"])
            }
        }
    }
}

/// `/id/keys`.
enum SalesforceKeySet {
    static func answer(_ keys: [IDTokenKey]) -> HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.name("keys")
                writer.array { writer in
                    for key in keys {
                        writer.object { writer in
                            writer.member("kty", "RSA")
                            writer.member("use", "sig")
                            writer.member("alg", "RS256")
                            writer.member("kid", key.keyID)
                            writer.member("n", Base64URL.encode(key.key.publicKey.modulus))
                            writer.member("e", Base64URL.encode(key.key.publicKey.exponent))
                        }
                    }
                }
            }
        }
    }
}
