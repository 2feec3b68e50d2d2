internal import BridgeCore
internal import HTTPMessage

extension OperationSpec {
    /// Writes the members of an Operation Object.
    func write(to writer: inout JSONWriter) {
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
        let (type, schema, files): (String, Schema, [String])
        switch body {
        case .none: return
        case .json(let form): (type, schema, files) = ("application/json", form, [])
        case .file(let form): (type, schema, files) = ("application/json", form, RequestContent.fileTypes)
        case .form(let form): (type, schema, files) = ("application/x-www-form-urlencoded", form, [])
        }
        writer.name("requestBody")
        writer.object { writer in
            writer.member("required", need != .agentToken)
            writer.name("content")
            writer.object { writer in
                Self.content(type, schema, to: &writer)
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
    /// Writes what an operation answers, by status.
    func responses(to writer: inout JSONWriter) {
        for answer in answers {
            // What is refused with the same status stands beside it, as another type of content.
            let codes = failures.first { $0.status == answer.status }?.codes
            writer.name("\(answer.status.rawValue)")
            writer.object { writer in
                let also = codes.map { "; or \($0.joined(separator: ", "))" } ?? ""
                writer.member("description", answer.summary + also)
                Self.fields(answer.fields, to: &writer)
                guard let schema = answer.schema else { return }
                writer.name("content")
                writer.object { writer in
                    Self.content(answer.contentType, schema, to: &writer)
                    if codes != nil { Self.problemContent(to: &writer) }
                }
            }
        }
        for (status, codes) in failures where !answers.contains(where: { $0.status == status }) {
            writer.name("\(status.rawValue)")
            writer.object { writer in
                writer.member("description", codes.joined(separator: ", "))
                Self.fields(status == .tooManyRequests ? [Self.retryAfter] : [], to: &writer)
                writer.name("content")
                writer.object { Self.problemContent(to: &$0) }
            }
        }
    }

    private static func problemContent(to writer: inout JSONWriter) {
        content("application/problem+json", .named("Problem"), to: &writer)
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
}
