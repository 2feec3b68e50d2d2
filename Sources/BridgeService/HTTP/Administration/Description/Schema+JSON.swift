internal import BridgeCore

extension Schema {
    /// Writes the form as a JSON Schema.
    func write(to writer: inout JSONWriter, summary: String? = nil) {
        writer.object { writer in
            writeMembers(to: &writer)
            if let summary { writer.member("description", summary) }
        }
    }

    private func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .string: writer.member("type", "string")
        case .formatted(let format):
            writer.member("type", "string")
            writer.member("format", format)
        case .choice(let values):
            writer.member("type", "string")
            writer.name("enum")
            writer.array { writer in for value in values { writer.string(value) } }
        case .boolean: writer.member("type", "boolean")
        case .integer(let range):
            writer.member("type", "integer")
            if let range {
                writer.member("minimum", range.lowerBound)
                writer.member("maximum", range.upperBound)
            }
        case .null: writer.member("type", "null")
        case .array(let element):
            writer.member("type", "array")
            writer.name("items")
            element.write(to: &writer)
        case .object(let properties): Self.write(properties, to: &writer)
        case .map(let value):
            writer.member("type", "object")
            writer.name("additionalProperties")
            value.write(to: &writer)
        case .open:
            writer.member("type", "object")
            writer.member("additionalProperties", true)
        case .named(let name): writer.member("$ref", "#/components/schemas/\(name)")
        case .any(let schemas):
            writer.name("anyOf")
            writer.array { writer in for schema in schemas { schema.write(to: &writer) } }
        }
    }

    private static func write(_ properties: [Property], to writer: inout JSONWriter) {
        writer.member("type", "object")
        writer.name("properties")
        writer.object { writer in
            for property in properties {
                writer.name(property.name)
                property.schema.write(to: &writer, summary: property.summary)
            }
        }
        writer.name("required")
        writer.array { writer in for property in properties where property.isRequired { writer.string(property.name) } }
        writer.member("additionalProperties", false)
    }
}
