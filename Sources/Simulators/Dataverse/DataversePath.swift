import BridgeCore
import HTTPMessage

/// What a path below `/api/data/v9.2/` names.
enum DataversePath: Sendable, Hashable {
    case whoAmI
    /// All rows of a table, by its entity set.
    case set(String)
    case row(String, Key)
    /// A collection of one row.
    case collection(String, Key, String)
    case rolesOfPerson(GUID)

    enum Key: Sendable, Hashable {
        case id(GUID)
        case alternate(column: String, GUID)
    }

    private static let versions = ["v9.0", "v9.1", "v9.2"]

    /// - Throws: 404 for what is nothing, 400 for a malformed key.
    init(_ segments: [String]) throws(DataverseError) {
        guard segments.count > 2, segments[0] == "api", segments[1] == "data", Self.versions.contains(segments[2])
        else {
            throw Self.nowhere
        }
        let parts = Array(segments[3...])
        guard let first = parts.first, parts.count <= 2 else {
            throw .unknownSegment(parts.last ?? segments[2])
        }
        let (name, arguments) = try Self.call(first)
        switch (name, arguments, parts.count) {
        case ("WhoAmI", nil, 1), ("WhoAmI", "", 1): self = .whoAmI
        case ("RetrieveAadUserRoles", let arguments?, 1): self = .rolesOfPerson(try Self.person(arguments))
        case (_, nil, 1): self = .set(name)
        case (_, let key?, 1): self = .row(name, try Self.key(key))
        case (_, let key?, _): self = .collection(name, try Self.key(key), parts[1])
        default: throw .unknownSegment(parts[1])
        }
    }

    /// A version that is not served; the page in front of the service answers.
    static let nowhere = DataverseError(.notFound, "", "")

    /// `name(arguments)`; arguments are `nil` without parentheses.
    private static func call(_ text: String) throws(DataverseError) -> (String, String?) {
        guard let open = text.firstIndex(of: "(") else { return (text, nil) }
        guard text.hasSuffix(")") else { throw .query("Bad Request - Error in query syntax.") }
        return (String(text[..<open]), String(text[text.index(after: open)...].dropLast()))
    }

    private static func key(_ text: String) throws(DataverseError) -> Key {
        if let id = GUID(text) { return .id(id) }
        let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard halves.count == 2, let id = GUID(halves[1]) else { throw .query("Bad Request - Error in query syntax.") }
        return .alternate(column: halves[0], id)
    }

    private static func person(_ arguments: String) throws(DataverseError) -> GUID {
        guard case .alternate("DirectoryObjectId", let id) = try key(arguments) else {
            throw .query("The parameter 'DirectoryObjectId' is missing in the request.")
        }
        return id
    }
}
