/// The header fields of a response, in order; a name may occur more than once.
package struct HTTPFields: Sendable, Hashable, ExpressibleByArrayLiteral {
    private var fields: [HTTPField]

    package init(arrayLiteral fields: HTTPField...) { self.fields = fields }

    /// Whether there are none.
    package var isEmpty: Bool { fields.isEmpty }

    /// Adds a field after the others.
    package mutating func append(_ name: HTTPFieldName, _ value: HTTPFieldValue) {
        fields.append(HTTPField(name, value))
    }

    /// The first value under `name`; setting removes every other one, `nil` removes all.
    package subscript(name: HTTPFieldName) -> HTTPFieldValue? {
        get { fields.first { $0.name == name }?.value }
        set {
            fields.removeAll { $0.name == name }
            if let newValue { append(name, newValue) }
        }
    }
}

extension HTTPFields: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { fields.count }
    package subscript(position: Int) -> HTTPField { fields[position] }
}
