import BridgeCore
import HTTPMessage

/// What user info and identity URLs are refused with: one word, which is no JSON (Identity URLs, Salesforce Help).
enum IdentityRefusal: String, Error, Sendable, Hashable, CaseIterable {
    case missingToken = "Missing_OAuth_Token"
    case badToken = "Bad_OAuth_Token"
    case wrongOrganization = "Wrong_Org"
    case badID = "Bad_Id"
    case inactive = "Inactive"
    case noAccess = "No_Access"

    var status: HTTPStatus {
        switch self {
        case .missingToken, .badToken, .wrongOrganization: .forbidden
        case .badID, .inactive, .noAccess: .notFound
        }
    }

    var summary: String { "\(status.rawValue) with the text \(rawValue)" }

    var answer: HTTPResponse {
        HTTPResponse(status, contentType: "text/html;charset=UTF-8", body: Array(rawValue.utf8))
    }
}
