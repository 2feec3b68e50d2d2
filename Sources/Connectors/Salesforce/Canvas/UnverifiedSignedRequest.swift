package import BridgeCore
internal import BridgeCrypto

/// What Canvas has posted, before anybody has vouched for it: a MAC, a point, and the text that the MAC is of
/// ("Signed Request Authentication", Canvas Developer Guide).
package struct UnverifiedSignedRequest: Sendable {
    private let code: [UInt8]
    /// Base64 of the JSON, as it was signed.
    private let payload: [UInt8]

    /// How long one may be, in bytes: those of Salesforce have a few kilobytes.
    package static let largestSize = 48 << 10

    /// Reads the field `signed_request` of a form (`application/x-www-form-urlencoded`).
    ///
    /// - Throws: as `init(_:)`; `token_malformed` for a form without it, or with two of them.
    package init(form: [UInt8]) throws(ConnectorError) {
        guard let text = QueryFields(String(decoding: form, as: UTF8.self))["signed_request"] else {
            throw .malformed("is not in the form, or not once")
        }
        try self.init(text)
    }

    /// Splits the text at its first point.
    ///
    /// - Throws: `token_malformed`, `token_too_large`.
    package init(_ text: String) throws(ConnectorError) {
        guard text.utf8.count <= Self.largestSize else {
            throw ConnectorError(
                .tokenTooLarge,
                "signed_request has \(text.utf8.count) bytes, at most \(Self.largestSize) are read",
                hint: "pass less in the parameters of the canvas", fixedBy: .tenantAdministrator)
        }
        guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else {
            throw .malformed("has no point between signature and content")
        }
        guard let code = Base64.decode(text.utf8[..<point]), !code.isEmpty else {
            throw .malformed("has a signature that is not Base64")
        }
        self.code = code
        payload = Array(text.utf8[text.utf8.index(after: point)...])
    }

    /// What is in it, once the app's secret has proven that Salesforce has sent it.
    ///
    /// The code is compared in constant time, and nothing of the content is read before that.
    /// - Throws: `signature_invalid`; `token_malformed`, `algorithm_not_allowed`, `claim_missing`, `claim_invalid` for
    ///   content that is not what Canvas sends; `internal`.
    package func verified(by secret: Secret) throws(ConnectorError) -> SignedRequest {
        let (isValid, id): (Bool, SHA256Digest)
        do throws(CryptoError) {
            isValid = try HMACSHA256.isValid(code, of: payload, key: secret)
            id = try SHA256Digest(of: code)
        } catch {
            throw ConnectorError(error)
        }
        guard isValid else { throw .wrongSecret }
        return try SignedRequest(contents, id: id)
    }

    private var contents: JSONValue {
        get throws(ConnectorError) {
            guard let bytes = Base64.decode(payload) else { throw .malformed("has content that is not Base64") }
            guard let value = try? JSONValue(parsing: bytes), value.objectValue != nil else {
                throw .malformed("has content that is no JSON object")
            }
            return value
        }
    }
}

extension ConnectorError {
    static func malformed(_ problem: String) -> ConnectorError {
        ConnectorError(
            .tokenMalformed, "signed_request \(problem)",
            hint: "post what Canvas posts, as it is: application/x-www-form-urlencoded, field signed_request",
            fixedBy: .tenantAdministrator)
    }

    fileprivate static var wrongSecret: ConnectorError {
        ConnectorError(
            .signatureInvalid, "signed_request was not signed with the consumer secret of the connection",
            hint: "copy the Consumer Secret of the canvas app anew (Manage Consumer Details), and look whether the "
                + "canvas URL names the right license and connection", fixedBy: .tenantAdministrator)
    }
}
