internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// `/openapi.json`: every operation of the service in OpenAPI 3.1, written from what the operations themselves are
/// found and judged by.
enum OpenAPIDocument {
    /// The text of the document.
    static let text: [UInt8] = write(Route.specs + OperationTable.all.operations.map(\.spec))

    /// The document with these operations.
    static func write(_ specs: [OperationSpec]) -> [UInt8] {
        var writer = JSONWriter(capacity: 65_536)
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.name("info")
            writer.object { writer in
                writer.member("title", "cobrowse-sso")
                writer.member("version", "1")
                writer.member("description", "Logins of Cobrowse agents, and the administration of who may log in.")
            }
            writer.name("paths")
            writer.object { writer in paths(specs, to: &writer) }
            writer.name("components")
            writer.object { writer in components(to: &writer) }
        }
        return writer.bytes
    }

    private static func paths(_ specs: [OperationSpec], to writer: inout JSONWriter) {
        var paths: [String] = []
        for spec in specs where !paths.contains(spec.path.text) { paths.append(spec.path.text) }
        for path in paths {
            writer.name(path)
            writer.object { writer in
                for spec in specs where spec.path.text == path {
                    writer.name(spec.method.rawValue.lowercased())
                    writer.object { spec.write(to: &$0) }
                }
            }
        }
    }

    private static func components(to writer: inout JSONWriter) {
        writer.name("securitySchemes")
        writer.object { writer in
            for (name, text) in OperationSpec.Need.schemes {
                writer.name(name)
                writer.object { writer in
                    writer.member("type", "http")
                    writer.member("scheme", "bearer")
                    writer.member("description", text)
                }
            }
        }
        writer.name("schemas")
        writer.object { writer in
            for (name, schema) in Schemas.all {
                writer.name(name)
                schema.write(to: &writer)
            }
        }
    }
}

extension OperationSpec {
    /// Writes the members of an Operation Object.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("operationId", id)
        writer.member("summary", summary)
        writer.name("security")
        writer.array { writer in
            for name in need.schemeNames {
                writer.object { writer in
                    writer.name(name)
                    writer.array { _ in }
                }
            }
        }
        writer.name("parameters")
        writer.array { parameters(to: &$0) }
        requestBody(to: &writer)
        writer.name("responses")
        writer.object { responses(to: &$0) }
    }

    private func parameters(to writer: inout JSONWriter) {
        for name in path.parameterNames {
            Self.parameter(name, in: "path", .string, "", isRequired: true, to: &writer)
        }
        for item in query { Self.parameter(item.name, in: "query", item.schema, item.summary, to: &writer) }
        guard isConditional else { return }
        let text = "The ETag of the document that is changed, or * for whatever is there."
        Self.parameter("If-Match", in: "header", .string, text, to: &writer)
    }

    private static func parameter(
        _ name: String, in place: String, _ schema: Schema, _ summary: String, isRequired: Bool = false,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("in", place)
            writer.member("required", isRequired)
            if !summary.isEmpty { writer.member("description", summary) }
            writer.name("schema")
            schema.write(to: &writer)
        }
    }

    private func requestBody(to writer: inout JSONWriter) {
        let (schema, files): (Schema, [String])
        switch body {
        case .none: return
        case .json(let form): (schema, files) = (form, [])
        case .file(let form): (schema, files) = (form, RequestContent.fileTypes)
        }
        writer.name("requestBody")
        writer.object { writer in
            writer.member("required", need != .agentToken)
            writer.name("content")
            writer.object { writer in
                Self.content("application/json", schema, to: &writer)
                for type in files { Self.content(type, nil, to: &writer) }
            }
        }
    }

    private static func content(_ type: String, _ schema: Schema?, to writer: inout JSONWriter) {
        writer.name(type)
        writer.object { writer in
            guard let schema else { return }
            writer.name("schema")
            schema.write(to: &writer)
        }
    }
}

extension OperationSpec {
    private func responses(to writer: inout JSONWriter) {
        for answer in answers {
            writer.name("\(answer.status.rawValue)")
            writer.object { writer in
                writer.member("description", answer.summary)
                Self.fields(answer.fields, to: &writer)
                guard let schema = answer.schema else { return }
                writer.name("content")
                writer.object { Self.content(answer.contentType, schema, to: &$0) }
            }
        }
        for (status, codes) in failures {
            writer.name("\(status.rawValue)")
            writer.object { writer in
                writer.member("description", codes.joined(separator: ", "))
                Self.fields(status == .tooManyRequests ? [Self.retryAfter] : [], to: &writer)
                writer.name("content")
                writer.object { Self.content("application/problem+json", .named("Problem"), to: &$0) }
            }
        }
    }

    private static let retryAfter = Field(name: "Retry-After", summary: "Seconds to wait.")

    private static func fields(_ fields: [Field], to writer: inout JSONWriter) {
        guard !fields.isEmpty else { return }
        writer.name("headers")
        writer.object { writer in
            for field in fields {
                writer.name(field.name)
                writer.object { writer in
                    writer.member("description", field.summary)
                    writer.name("schema")
                    Schema.string.write(to: &writer)
                }
            }
        }
    }

    /// Every way to fail: what the operation names, and what its kind has in common; by status, codes in their order.
    private var failures: [(status: HTTPStatus, codes: [String])] {
        var codes: [UInt16: [String]] = [:]
        for problem in commonProblems + problems {
            let (status, code) = (problem.status.rawValue, problem.code.rawValue)
            if codes[status]?.contains(code) != true { codes[status, default: []].append(code) }
        }
        return codes.sorted { $0.key < $1.key }.map { (HTTPStatus(rawValue: $0.key), $0.value) }
    }

    private var commonProblems: [Problem] {
        var problems = need.problems
        if !query.isEmpty || need.isAdministration { problems.append(Problem(.configurationInvalid, .badRequest)) }
        if case .none = body {
        } else if need.isAdministration {
            problems.append(Problem(.configurationInvalid, .unsupportedMediaType))
            problems.append(Problem(.of(.contentTooLarge), .contentTooLarge))
        }
        if isConditional {
            problems.append(Problem(.conflict, .preconditionFailed))
            if method == .put { problems.append(Problem(.configurationInvalid, .preconditionRequired)) }
        }
        return problems
    }
}

extension OperationSpec.Need {
    fileprivate static let schemes = [
        ("apiToken", "An API token: cobrowse-sso admin token create."),
        ("agentToken", "A Cobrowse agent token; for the administration, of an administrator of the tenant."),
    ]

    fileprivate var schemeNames: [String] {
        switch self {
        case .nothing: []
        case .agentToken: ["agentToken"]
        case .tenant: ["apiToken", "agentToken"]
        case .instance, .mint: ["apiToken"]
        }
    }

    fileprivate var isAdministration: Bool {
        switch self {
        case .nothing, .agentToken: false
        case .tenant, .instance, .mint: true
        }
    }

    /// What letting callers in can come to.
    fileprivate var problems: [OperationSpec.Problem] {
        let login = ReasonCode.allCases.filter { $0.category == .token || $0.category == .person }
        switch self {
        case .nothing: return [.init(.internal)]
        case .agentToken, .tenant, .instance, .mint:
            return [.init(.unauthenticated), .init(.forbidden), .init(.rateLimited), .init(.internal)]
                + login.map { .init($0) }
        }
    }
}
