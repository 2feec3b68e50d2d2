/// Something that can go wrong, by its name: `token.AADSTS7000222`, `dataverse.0x80072322`, `keys.unavailable`.
package struct Fault: Sendable, Hashable {
    package let place: Place
    /// What happens there, in one sentence.
    package let summary: String
    let effect: Effect
    private let word: String

    /// Where it happens.
    package enum Place: String, Sendable, Hashable, CaseIterable {
        case metadata, keys, authorize, consent, token
        /// Inside the ID token of an answer of the token endpoint.
        case idToken = "id-token"
        case devicecode, discovery, dataverse
        case salesforceMetadata = "salesforce-metadata"
        case salesforceKeys = "salesforce-keys"
        case salesforceAuthorize = "salesforce-authorize"
        case salesforceToken = "salesforce-token"
        /// Inside the ID token of an answer of Salesforce's token endpoint.
        case salesforceIDToken = "salesforce-id-token"
        case userInfo = "userinfo"
        case identity
        /// The data API: queries and limits.
        case salesforceAPI = "salesforce-api"

        /// Whose stand-in has the place.
        package var vendor: Vendor {
            switch self {
            case .metadata, .keys, .authorize, .consent, .token, .idToken, .devicecode, .discovery, .dataverse:
                .microsoft
            case .salesforceMetadata, .salesforceKeys, .salesforceAuthorize, .salesforceToken, .salesforceIDToken,
                .userInfo, .identity, .salesforceAPI:
                .salesforce
            }
        }
    }

    package enum Vendor: Sendable, Hashable {
        case microsoft, salesforce
    }

    enum Effect: Sendable, Hashable {
        /// The answer is no answer of the service.
        case transport(TransportFault)
        /// Entra refuses, with this AADSTS number.
        case entra(Int)
        case callback(CallbackDefect)
        case token(TokenDefect)
        case idToken(IDTokenDefect)
        case dataverse(DataverseFault)
        case salesforce(SalesforceFault)
    }

    init(_ place: Place, _ word: String, _ effect: Effect, _ summary: String) {
        (self.place, self.word, self.effect, self.summary) = (place, word, effect, summary)
    }

    /// How the control surface and the tests name it.
    package var name: String { "\(place.rawValue).\(word)" }

    /// The fault of that name.
    package static func named(_ name: String) -> Fault? { all.first { $0.name == name } }
}
