internal import HTTPMessage

extension OperationSpec.Answer {
    /// 200 with a value.
    static func value(_ summary: String, _ schema: Schema) -> Self {
        Self(status: .ok, summary: summary, schema: schema)
    }

    /// 200 with a value that has a version.
    static func versioned(_ summary: String, _ schema: Schema) -> Self {
        Self(status: .ok, summary: summary, schema: schema, fields: [version])
    }

    /// 201 with what was made.
    static func made(_ summary: String, _ schema: Schema, isVersioned: Bool = false) -> Self {
        let location = OperationSpec.Field(name: "Location", summary: "The path of what was made.")
        return Self(
            status: .created, summary: summary, schema: schema, fields: isVersioned ? [version, location] : [])
    }

    /// 204.
    static func nothing(_ summary: String) -> Self { Self(status: .noContent, summary: summary, schema: nil) }

    /// 200 with a page of a list.
    static func list(_ summary: String, _ element: String) -> Self {
        value(
            summary,
            .object([
                Property("items", .array(.named(element))),
                Property("next", Schema.string.orNull, "Cursor of the next page; null on the last one."),
            ]))
    }

    private static let version = OperationSpec.Field(
        name: "ETag", summary: "The version of the document, for If-Match.")
}
