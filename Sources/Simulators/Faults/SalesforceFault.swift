/// An answer of Salesforce's that refuses, or leads astray.
enum SalesforceFault: Sendable, Hashable {
    /// Told where the endpoint tells its refusals: at the redirect URI, or in the body.
    case oauth(SalesforceOAuthError)
    /// Shown to the person, who never comes back.
    case page(SalesforceOAuthError)
    case token(SalesforceTokenDefect)
    case identity(IdentityRefusal)
    case person(PersonDefect)
    case api(SalesforceAPIError)
    case paging(QueryPagingDefect)
    case rows(QueryDefect)
}

/// An answer of the token endpoint with something missing or odd.
enum SalesforceTokenDefect: String, Sendable, Hashable, CaseIterable {
    case noAccessToken = "no-access-token"
    case otherTokenType = "other-token-type"
    case noInstanceURL = "no-instance-url"
    case instanceElsewhere = "instance-url-elsewhere"
    case instanceWithoutTLS = "instance-url-http"
    case noIdentity = "no-id"
    case identityElsewhere = "id-elsewhere"
    case identityOfOtherOrganization = "id-of-other-organization"
    case wrongSignature = "wrong-signature"

    var summary: String {
        switch self {
        case .noAccessToken: "200 without access_token"
        case .otherTokenType: "200 with token_type pop"
        case .noInstanceURL: "200 without instance_url"
        case .instanceElsewhere: "200 with an instance_url on a host that is not Salesforce's"
        case .instanceWithoutTLS: "200 with an instance_url of http"
        case .noIdentity: "200 without id, the identity URL"
        case .identityElsewhere: "200 with an identity URL on a host that is not Salesforce's"
        case .identityOfOtherOrganization: "200 with the identity URL of another org"
        case .wrongSignature: "200 with a signature that is not of id and issued_at"
        }
    }
}

/// What user info or an identity URL says, with something odd about the person.
enum PersonDefect: String, Sendable, Hashable, CaseIterable {
    case unverified = "email-verified-false"
    case unknownVerification = "no-email-verified"
    case verificationAsText = "email-verified-as-text"
    case noEmail = "no-email"
    case inactive = "active-false"
    case unknownActivity = "no-active"
    case activityAsText = "active-as-text"
    case partner = "user-type-partner"
    case unknownType = "no-user-type"
    case otherUser = "other-user"
    case otherOrganization = "other-organization"
    case noUserID = "no-user-id"

    var summary: String {
        switch self {
        case .unverified: "email_verified is false"
        case .unknownVerification: "there is no email_verified"
        case .verificationAsText: "email_verified is the text \"true\""
        case .noEmail: "there is no email"
        case .inactive: "active is false"
        case .unknownActivity: "there is no active"
        case .activityAsText: "active is the text \"true\""
        case .partner: "user_type is POWER_PARTNER"
        case .unknownType: "there is no user_type"
        case .otherUser: "user_id and sub are another person's"
        case .otherOrganization: "organization_id and sub are another org's"
        case .noUserID: "there is no user_id"
        }
    }
}

/// A query that cannot be read to its end.
enum QueryPagingDefect: String, Sendable, Hashable, CaseIterable {
    case foreignHost = "next-url-elsewhere"
    case fails = "next-page-fails"
    case loops = "next-url-loops"
    case endless = "next-url-endless"
    case missing = "next-url-missing"

    var summary: String {
        switch self {
        case .foreignHost: "nextRecordsUrl leads to another host"
        case .fails: "there is a nextRecordsUrl, and the page behind it is a 500"
        case .loops: "nextRecordsUrl leads to the same page again"
        case .endless: "every page is empty, not done, and has a nextRecordsUrl"
        case .missing: "done is false, without a nextRecordsUrl"
        }
    }
}

/// Rows that are not what they should be.
enum QueryDefect: String, Sendable, Hashable, CaseIterable {
    case none = "no-rows"
    case objectForm = "object-form"

    var summary: String {
        switch self {
        case .none: "200 without any row, as where a right is missing"
        case .objectForm: "400 with the error as an object, as the OAuth endpoints tell it"
        }
    }
}
