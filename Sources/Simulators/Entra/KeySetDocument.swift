import BridgeCore
import BridgeCrypto
import HTTPMessage

/// `/{tenant}/discovery/v2.0/keys`.
enum KeySetDocument {
    static func answer(_ keys: [IDTokenKey], at address: EntraAddress) -> HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.name("keys")
                writer.array { writer in
                    for key in keys { write(key, to: &writer, address) }
                }
            }
        }
    }

    private static func write(_ key: IDTokenKey, to writer: inout JSONWriter, _ address: EntraAddress) {
        writer.object { writer in
            writer.member("kty", "RSA")
            writer.member("use", "sig")
            writer.member("kid", key.keyID)
            writer.member("x5t", key.keyID)
            writer.member("n", Base64URL.encode(key.key.publicKey.modulus))
            writer.member("e", Base64URL.encode(key.key.publicKey.exponent))
            writer.name("x5c")
            writer.array { $0.string(Base64.encode(key.certificate.der)) }
            writer.member("cloud_instance_name", "microsoftonline.com")
            switch key.issuer {
            case .anyTenant: writer.member("issuer", address.issuer("{tenantid}"))
            case .tenant(let id): writer.member("issuer", address.issuer(id.value))
            case nil: break
            }
        }
    }
}
