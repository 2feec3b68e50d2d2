package import AuthService
package import BridgeCore

/// A query in SOQL: text that stands in the code, into which values are put as literals and as nothing else.
package struct SOQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    package let text: String

    package init(stringLiteral text: String) {
        self.text = text
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 24 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        /// An id, quoted.
        package mutating func appendInterpolation(_ id: SalesforceID) { text += "'\(id.value)'" }

        /// A text, quoted, with what would end it or mean something else escaped.
        package mutating func appendInterpolation(_ value: String) { text += SOQL.quoted(value) }

        /// A time, as it is compared with date-time fields.
        package mutating func appendInterpolation(_ time: Timestamp) { text += time.description }

        package mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

        /// A list of ids in parentheses, for `IN`; it must not be empty.
        package mutating func appendInterpolation(_ ids: [SalesforceID]) {
            text += "(\(ids.map { "'\($0.value)'" }.joined(separator: ",")))"
        }

        /// A list of texts in parentheses, for `IN`; it must not be empty.
        package mutating func appendInterpolation(_ values: [String]) {
            text += "(\(values.map(SOQL.quoted).joined(separator: ",")))"
        }

        /// Another query, for `IN (SELECT ...)`, or a part of one.
        package mutating func appendInterpolation(_ part: SOQL) { text += part.text }
    }

    /// A literal ("Quoted String Escape Sequences", SOQL reference).
    private static func quoted(_ value: String) -> String {
        var text = "'"
        for scalar in value.unicodeScalars {
            switch scalar {
            case "'": text += "\\'"
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "'"
    }
}
