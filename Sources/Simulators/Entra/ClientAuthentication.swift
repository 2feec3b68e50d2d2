import BridgeCore
import BridgeCrypto

/// How a client proves itself at the token endpoint: by secret, in the form or as HTTP Basic, or by an assertion.
struct ClientAuthentication {
    let client: Client
    let form: Parameters
    /// The value of `Authorization`.
    let authorization: String?
    /// What an assertion may name as its audience.
    let audiences: [String]
    let now: Timestamp

    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// - Parameter mayBePublic: whether the grant is one that public clients use, so that they need no proof.
    /// - Returns: the id of an assertion that must not come again.
    /// - Throws: AADSTS7000218, 7000215, 7000222, 700025, 700027 and those of assertions.
    func check(mayBePublic: Bool) throws(EntraError) -> String? {
        let secret = try basicSecret() ?? form["client_secret"]
        let assertion = form["client_assertion"]
        if client.isPublic {
            guard secret == nil, assertion == nil else {
                throw EntraError(
                    700_025, "invalid_client",
                    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.")
            }
            guard mayBePublic else { throw Self.noProof }
            return nil
        }
        if let assertion { return try check(assertion: assertion, besides: secret) }
        guard let secret else { throw Self.noProof }
        try check(secret: secret)
        return nil
    }

    private static let noProof = EntraError(
        7_000_218, "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")

    private func check(secret: String) throws(EntraError) {
        guard let known = client.secrets.first(where: { $0.value == secret }) else {
            throw EntraError(
                7_000_215, "invalid_client",
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                    + "value, not the client secret ID, for a secret added to app '\(client.id)'.")
        }
        guard known.expires > now else {
            throw EntraError(
                7_000_222, "invalid_client",
                "The provided client secret keys for app '\(client.id)' are expired. Visit the Azure portal to create "
                    + "new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate "
                    + "credentials for added security: https://aka.ms/certCreds.")
        }
    }

    private func check(assertion: String, besides secret: String?) throws(EntraError) -> String {
        guard secret == nil else { throw .invalid("The request contains both a client secret and a client assertion.") }
        guard form["client_assertion_type"] == Self.assertionType else {
            throw .invalid("The parameter 'client_assertion_type' has to be '\(Self.assertionType)'.")
        }
        return try ClientAssertion(assertion).check(client: client, audiences: audiences, now: now)
    }

    /// The secret of HTTP Basic (RFC 6749 §2.3.1), whose id has to be the client's.
    private func basicSecret() throws(EntraError) -> String? {
        guard let authorization else { return nil }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "basic", let bytes = Base64.decode(words[1].utf8),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .invalid("The Authorization header is not HTTP Basic.") }
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let id = PercentText.decode(halves[0], isForm: true),
            let secret = PercentText.decode(halves[1], isForm: true), GUID(id) == client.id
        else { throw .invalid("The Authorization header names another client than the request.") }
        return secret
    }
}
