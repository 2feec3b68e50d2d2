internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeTesting

extension FuzzTarget {
    /// Whole tokens, verified: whatever is changed in one, it is refused.
    static var token: FuzzTarget {
        FuzzTarget(
            name: "token",
            seeds: {
                let maker = try TokenMaker()
                return try payloads.flatMap { seed in
                    try headers.map { header in
                        let token = try maker.token(header: Array(header.utf8), payload: seed.bytes)
                        return FuzzSeed(name: "\(seed.name), \(header)", bytes: Array(token.utf8))
                    }
                }
            }, parse: verifier(), isSealed: true)
    }

    /// The claims of a token: their JSON is mutated, then written into a token that is well-formed around it.
    static var claims: FuzzTarget {
        FuzzTarget(
            name: "claims", seeds: { payloads },
            parse: { payload in
                let header = Base64URL.encode(Array(headers[0].utf8))
                do throws(TokenRefusal) {
                    let token = try UnverifiedToken("\(header).\(Base64URL.encode(payload)).AA")
                    try token.checkTimes(now: TokenMaker.now)
                    _ = (token.unverifiedIssuer, token.unverifiedSubject)
                    return nil
                } catch {
                    return error.code
                }
            })
    }

    private static func verifier() -> ([UInt8]) -> ReasonCode? {
        guard let keys = try? KeyFixture.cobrowse.keySet, let verifier = try? TokenVerifier() else {
            return { _ in .internal }
        }
        return { bytes in
            do throws(TokenRefusal) {
                let token = try verifier.verify(try UnverifiedToken(bytes.span), keys: keys, now: TokenMaker.now)
                _ = token.salesforce.map { SalesforceFacts($0) }
                return nil
            } catch {
                return error.code
            }
        }
    }

    private static let headers = [TokenMaker.header, #"{"alg":"RS256","kid":"a"}"#]

    /// Payloads that between them have everything a token may have.
    private static var payloads: [FuzzSeed] {
        let salesforce = """
            {"organizationId":"00D8Z000000btHhUAI","userId":"0058Z000008LMNoQAO","username":"ann@acme.example",
            "emailVerified":true,"isActive":true,"userType":"Standard","profile":"Standard User",
            "permissionSets":["Cobrowse.io Agent",{"name":"A","label":"B","namespacePrefix":"n","isActive":true,
            "expirationDate":"2100-01-02T03:04:05Z"}],"permissionSetGroups":["G"],"customPermissions":["n__C"]}
            """
        let policy =
            #"{"version":3,"sessions":{},"devices":{"custom_data":{"a":"b"}},"features":{"permissions":["read"]}}"#
        return [
            FuzzSeed(name: "plain", bytes: Array(TokenMaker.payload().utf8)),
            FuzzSeed(
                name: "everything",
                bytes: Array(
                    TokenMaker.payload([
                        "aud": #"["https://cobrowse.io"]"#, "nbf": "1799999990.5", "role": "null", "policy": policy,
                        "jti": #""a""#, "displayName": #""\u00e9\ud83d\ude00""#,
                    ]).utf8)),
            FuzzSeed(name: "salesforce", bytes: Array(TokenMaker.payload(["salesforce": salesforce]).utf8)),
        ]
    }
}
