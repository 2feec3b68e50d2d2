/// A `signed_request` that must not be believed, or that is unusual.
package enum CanvasDefect: String, Sendable, Hashable, CaseIterable {
    case wrongSignature = "wrong-signature"
    case noSignature = "no-signature"
    case otherSecret = "other-secret"
    case signedDecoded = "signature-of-decoded-text"
    case urlAlphabet = "url-alphabet"
    case malformed
    case notJSON = "not-json"
    case otherAlgorithm = "other-algorithm"
    case noAlgorithm = "no-algorithm"
    case lowerCaseAlgorithm = "lower-case-algorithm"
    case old
    case future
    case inSeconds = "issued-at-in-seconds"
    case noTime = "no-issued-at"
    case nullTime = "issued-at-null"
    case otherOrganization = "other-organization"
    case otherApplication = "other-application"
    case noApplication = "no-application"
    case otherAuthorization = "auth-type-oauth"
    case otherUser = "other-user"
    case noToken = "no-oauth-token"
    case deadToken = "oauth-token-revoked"
    case instanceElsewhere = "instance-url-elsewhere"
    case noUser = "no-user"

    package var summary: String {
        switch self {
        case .wrongSignature: "one bit of the signature is another"
        case .noSignature: "there is no signature before the point"
        case .otherSecret: "signed with the secret of another app"
        case .signedDecoded: "the signature is of the JSON, not of its Base64"
        case .urlAlphabet: "a right one in the URL-safe alphabet without padding, which Salesforce does not use"
        case .malformed: "there is no point"
        case .notJSON: "rightly signed, and no JSON"
        case .otherAlgorithm: "algorithm is HMACSHA1"
        case .noAlgorithm: "there is no algorithm"
        case .lowerCaseAlgorithm: "a right one with the algorithm in lower case"
        case .old: "issuedAt was ten minutes ago"
        case .future: "issuedAt is in ten minutes"
        case .inSeconds: "a right one with issuedAt in seconds"
        case .noTime: "there is no issuedAt"
        case .nullTime: "issuedAt is null"
        case .otherOrganization: "the organization is another one"
        case .otherApplication: "the application is another one"
        case .noApplication: "there is no applicationId"
        case .otherAuthorization: "authType is OAUTH"
        case .otherUser: "userId is another person's than the token's"
        case .noToken: "there is no oauthToken"
        case .deadToken: "oauthToken was revoked"
        case .instanceElsewhere: "instanceUrl is on a host that is not Salesforce's"
        case .noUser: "there is neither userId nor context.user"
        }
    }
}
