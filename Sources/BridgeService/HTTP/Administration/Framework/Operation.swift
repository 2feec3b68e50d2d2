internal import BridgeCore
internal import HTTPMessage

/// One operation of the service as data: what finds it, what it needs, what it takes and answers.
///
/// The dispatcher acts by it and `/openapi.json` is written from it, so that neither can say more than the other.
struct OperationSpec: Sendable {
    /// Unique: `operationId` of the document, and the name of the operation in the log.
    let id: String
    let method: HTTPMethod
    let path: PathTemplate
    /// One line for people.
    let summary: String
    let need: Need
    var body: Body = .none
    var query: [QueryParameter] = []
    /// Whether `If-Match` is looked at.
    var isConditional = false
    /// Whether `PUT` replaces what is there also without `If-Match`.
    var isUpsert = false
    let answers: [Answer]
    /// What can go wrong, apart from what every operation of its kind has in common (`OpenAPIDocument`).
    var problems: [Problem] = []

    /// Who may call it.
    enum Need: Sendable, Hashable {
        /// Anybody.
        case nothing
        /// Whoever brings an agent token.
        case agentToken
        /// Administering the tenant in the path.
        case tenant
        /// Administering the tenant that the query names as `license`.
        case queriedTenant
        /// Administering the instance.
        case instance
        /// Minting tokens for the tenant in the body.
        case mint
        /// Minting tokens for the tenant in the path.
        case tenantMint
    }

    /// What comes with the request.
    enum Body: Sendable {
        case none
        /// A JSON value of this form.
        case json(Schema)
        /// A file as it is, or a JSON value of this form.
        case file(Schema)
        /// A form of this object, as browsers post it.
        case form(Schema)
    }

    /// An answer of an operation that succeeded.
    struct Answer: Sendable {
        let status: HTTPStatus
        let summary: String
        /// `nil` without a body.
        let schema: Schema?
        var contentType = "application/json"
        var fields: [Field] = []
    }

    /// A field of an answer.
    struct Field: Sendable, Hashable {
        let name: String
        let summary: String
    }

    /// A way to fail.
    struct Problem: Sendable, Hashable {
        let status: HTTPStatus
        let code: ReasonCode

        init(_ code: ReasonCode, _ status: HTTPStatus? = nil) {
            self.code = code
            self.status = status ?? code.httpStatus
        }
    }
}

/// A parameter behind the `?`.
struct QueryParameter: Sendable {
    let name: String
    let schema: Schema
    let summary: String

    static let standardLimit = 100
    static let limits = 1...500
    /// What every list takes.
    static let paging = [
        QueryParameter(
            name: "limit", schema: .integer(limits), summary: "How many entries at most; \(standardLimit) by default."),
        QueryParameter(
            name: "cursor", schema: .string, summary: "Member `next` of the page before: the list goes on behind it."),
    ]
}

/// An operation of the administration with the code behind it.
struct Operation: Sendable {
    let spec: OperationSpec
    let run: @Sendable (AdministrationCall) async throws -> AdministrationAnswer
}
