import BridgeCore

/// Checks values against the JSON Schemas of a document, as far as that document uses JSON Schema.
struct SchemaCheck {
    /// The document that `$ref` points into.
    let document: JSONValue

    /// What is wrong with `value`; nothing where it has the form of `schema`.
    func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        if let reference = schema["$ref"]?.stringValue {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let named = document["components"]?["schemas"]?[name] else { return ["\(place): no schema \(name)"] }
            return problems(value, named, at: place)
        }
        if let choices = schema["anyOf"]?.arrayValue {
            let all = choices.map { problems(value, $0, at: place) }
            return all.contains(where: \.isEmpty) ? [] : all.flatMap(\.self)
        }
        guard let type = schema["type"]?.stringValue else { return ["\(place): the schema has no type"] }
        switch (type, value) {
        case ("null", .null), ("boolean", .bool): return []
        case ("string", .string(let text)): return self.text(text, schema, at: place)
        case ("integer", .number(.integer(let number))):
            let minimum = schema["minimum"]?.integerValue ?? .min
            let maximum = schema["maximum"]?.integerValue ?? .max
            return minimum <= number && number <= maximum ? [] : ["\(place): \(number) is out of range"]
        case ("array", .array(let elements)):
            guard let items = schema["items"] else { return ["\(place): the schema has no items"] }
            return elements.enumerated().flatMap { problems($1, items, at: "\(place)[\($0)]") }
        case ("object", .object(let members)): return object(members, schema, at: place)
        default: return ["\(place): is no \(type)"]
        }
    }

    private func text(_ text: String, _ schema: JSONValue, at place: String) -> [String] {
        if let choices = schema["enum"]?.arrayValue, !choices.contains(.string(text)) {
            return ["\(place): \(text) is none of the choices"]
        }
        switch schema["format"]?.stringValue {
        case nil: return []
        case "date-time": return Timestamp(rfc3339: text) == nil ? ["\(place): \(text) is no time"] : []
        case "email": return text.contains("@") ? [] : ["\(place): \(text) is no address"]
        case "uri": return text.contains(":") ? [] : ["\(place): \(text) is no URI"]
        case .some(let format): return ["\(place): unknown format \(format)"]
        }
    }

    private func object(_ members: [JSONMember], _ schema: JSONValue, at place: String) -> [String] {
        let properties = schema["properties"]
        var found: [String] = []
        for member in members {
            let memberPlace = "\(place).\(member.name)"
            if let property = properties?[member.name] {
                found += problems(member.value, property, at: memberPlace)
            } else {
                switch schema["additionalProperties"] {
                case .bool(true)?: break
                case .object(let form)?: found += problems(member.value, .object(form), at: memberPlace)
                default: found.append("\(memberPlace): is not documented")
                }
            }
        }
        for name in schema["required"]?.arrayValue ?? [] {
            guard let name = name.stringValue, !members.contains(where: { $0.name == name }) else { continue }
            found.append("\(place).\(name): is missing")
        }
        return found
    }
}
