/// The header fields of a response, in order; a name may occur more than once.
package struct HTTPFields: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The fields themselves.
    package private(set) var list: [HTTPField]

    package init(arrayLiteral fields: HTTPField...) { self.list = fields }

    /// Adds a field after the others.
    package mutating func append(_ name: HTTPFieldName, _ value: HTTPFieldValue) {
        list.append(HTTPField(name, value))
    }

    /// The first value under `name`; setting removes every other one, `nil` removes all.
    package subscript(name: HTTPFieldName) -> HTTPFieldValue? {
        get { list.first { $0.name == name }?.value }
        set {
            list.removeAll { $0.name == name }
            if let newValue { append(name, newValue) }
        }
    }
}
