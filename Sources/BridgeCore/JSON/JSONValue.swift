/// A JSON value as a tree, for documents that are read once: requests, settings, keys, rules.
public indirect enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// Reads `text` as one value (see `JSONReader` for what is refused).
    public init(parsing text: some Collection<UInt8>, maximumDepth: Int = 32) throws(JSONError) {
        let bytes = Array(text)
        var reader = JSONReader(bytes.span, maximumDepth: maximumDepth)
        self = try JSONValue(&reader, bytes: bytes.span, depth: 1)
        try reader.finish()
    }

    private init(_ reader: inout JSONReader, bytes: Span<UInt8>, depth: Int) throws(JSONError) {
        switch try reader.peek() {
        case .null:
            try reader.null()
            self = .null
        case .bool: self = .bool(try reader.bool())
        case .number: self = .number(try reader.number())
        case .string: self = .string(try reader.string().string(in: bytes))
        case .object:
            guard depth <= reader.maximumDepth else { throw JSONError(.tooDeep, at: reader.position) }
            var names = JSONMemberNames()
            try reader.beginObject()
            var members: [JSONMember] = []
            while let name = try reader.nextMember(&names) {
                let value = try JSONValue(&reader, bytes: bytes, depth: depth + 1)
                members.append(JSONMember(name: name.text.string(in: bytes), value: value))
            }
            self = .object(members)
        case .array:
            guard depth <= reader.maximumDepth else { throw JSONError(.tooDeep, at: reader.position) }
            try reader.beginArray()
            var elements: [JSONValue] = []
            while try reader.nextElement(isFirst: elements.isEmpty) {
                elements.append(try JSONValue(&reader, bytes: bytes, depth: depth + 1))
            }
            self = .array(elements)
        }
    }
}

/// One member of a JSON object, in the order of the text.
public struct JSONMember: Sendable, Hashable {
    public var name: String
    public var value: JSONValue

    public init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }
}

extension JSONValue {
    /// The member `name` of an object; `nil` where it is absent or this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string, else `nil`.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of an array, else `nil`.
    public var arrayValue: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object, else `nil`.
    public var objectValue: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The value of a boolean, else `nil`.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A whole number, else `nil`.
    public var integerValue: Int64? {
        if case .number(.integer(let value)) = self { value } else { nil }
    }
}
