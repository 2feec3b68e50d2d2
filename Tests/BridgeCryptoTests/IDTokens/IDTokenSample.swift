import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// An ID token that differs from a good one in one respect, and the verdict.
struct IDTokenSample: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: ReasonCode?
    var header = IDTokenMaker.header
    var changes: [(String, String?)] = []
    var signer = KeyFixture.cobrowse
    /// What is made of the finished token.
    var change: @Sendable (String) throws -> String = { $0 }
    var keys: @Sendable () throws -> [UInt8] = { try IDTokenMaker.keySet() }
    var rules = IDTokenRules(
        issuer: IssuerPattern(IDTokenMaker.issuerTemplate), clientID: IDTokenMaker.clientID, nonce: IDTokenMaker.nonce)
    var now = TokenMaker.now

    init(_ name: String, _ expected: ReasonCode?, _ build: (inout IDTokenSample) -> Void = { _ in }) {
        (self.name, self.expected) = (name, expected)
        build(&self)
    }

    /// A token with other claims.
    init(_ name: String, _ expected: ReasonCode?, _ changes: KeyValuePairs<String, String?>) {
        self.init(name, expected) { $0.changes = changes.map { ($0.key, $0.value) } }
    }

    var testDescription: String { name }

    /// What the verifier says: `nil` where it accepts.
    func refusal() throws -> IDTokenRefusal? {
        let payload = changes.reduce(IDTokenMaker.claims) { claims, change in
            let others = claims.filter { $0.name != change.0 }
            return change.1.map { others + [(change.0, $0)] } ?? others
        }
        let text = "{" + payload.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
        let token = try change(TokenMaker(signer).token(header: Array(header.utf8), payload: Array(text.utf8)))
        let keys = try IDTokenKeySet(reading: keys(), source: "the JWK Set")
        do throws(IDTokenRefusal) {
            _ = try rules.verify(
                UnverifiedIDToken(token.utf8.span), keys: keys,
                accessToken: Secret(Array(IDTokenMaker.accessToken.utf8)), now: now)
            return nil
        } catch {
            return error
        }
    }
}
