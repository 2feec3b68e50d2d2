internal import BridgeCore
internal import HTTPMessage

/// `If-Match`: which version of a document a change is meant for (RFC 9110 §13.1.1).
enum VersionCondition: Sendable, Hashable {
    /// `*`: whatever is there.
    case any
    /// One of these entity tags, without their quotes.
    case tags([String])

    /// Reads the field's value.
    ///
    /// - Throws: 400 `configuration_invalid` for what is no list of entity tags.
    init(_ field: String) throws(RequestRefusal) {
        if field == "*" {
            self = .any
            return
        }
        var tags: [String] = []
        for part in field.split(separator: ",") {
            let tag = part.trimmingSpaces
            // A weak tag never matches, so it is kept as what no version is called.
            guard tag.hasPrefix("\"") || tag.hasPrefix("W/\""), tag.hasSuffix("\""), tag.utf8.count > 1 else {
                throw RequestRefusal(
                    .badRequest, .configurationInvalid, "If-Match: is no entity tag",
                    hint: "send the ETag of the answer to GET as it came, with its quotes")
            }
            tags.append(tag.hasPrefix("\"") ? String(tag.dropFirst().dropLast()) : "W")
        }
        self = .tags(tags)
    }

    /// Whether the change is meant for this version.
    func allows(_ version: Int64) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains("\(version)")
        }
    }

    /// The tag of a version, with its quotes.
    static func tag(_ version: Int64) -> HTTPFieldValue { HTTPFieldValue(replacingIllegalIn: "\"\(version)\"") }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
