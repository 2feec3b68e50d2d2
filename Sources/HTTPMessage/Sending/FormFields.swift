package import BridgeCore

/// Names and values of a form in order, encoded as `application/x-www-form-urlencoded`; what they hold is not shown.
package struct FormFields: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    /// Adds a field after the others.
    package mutating func append(_ name: String, _ value: String) {
        begin(name)
        PercentEncoding.append(value.utf8Span.span, to: &bytes)
    }

    /// Adds a field whose value must not be seen.
    package mutating func append(_ name: String, _ value: Secret) {
        begin(name)
        value.withBytes { PercentEncoding.append($0, to: &bytes) }
    }

    /// The text of all fields.
    var encoded: Secret { Secret(bytes) }

    private mutating func begin(_ name: String) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
        PercentEncoding.append(name.utf8Span.span, to: &bytes)
        bytes.append(UInt8(ascii: "="))
    }
}

extension FormFields: CustomStringConvertible, CustomReflectable {
    package var description: String { "<form>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
