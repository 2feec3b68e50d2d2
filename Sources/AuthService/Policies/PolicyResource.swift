internal import BridgeCore

/// What a policy says about one kind of thing in a Cobrowse account.
struct PolicyResource: Sendable, Hashable {
    /// The kinds Cobrowse documents for version 3.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case sessions, devices, push, features, members

        /// Whether things of this kind are chosen by their id and custom data.
        var hasFilters: Bool { self == .sessions || self == .devices || self == .push }
    }

    /// A value that a thing has to have.
    struct Filter: Sendable, Hashable {
        /// `id`, or `custom_data.` and a key.
        let name: String
        let value: JSONValue
    }

    static let permissionNames = ["create", "read", "update", "delete"]

    let kind: Kind
    /// All have to match; empty for everything of the kind.
    let filters: [Filter]
    /// What may be done, of features and members; `nil` for everything.
    let permissions: [String]?
    /// Members that are not documented, in the order of the text.
    let unknownNames: [String]
    /// Whether there is a `custom_data` in which nothing stands.
    let hasEmptyCustomData: Bool

    /// Reads one member of a policy.
    init(_ kind: Kind, _ value: JSONValue, at place: String) throws(DocumentError) {
        guard let members = value.objectValue else {
            throw DocumentError(
                at: place, "has to be an object", hint: "{} stands for all of it; leave \(kind) out for nothing")
        }
        var (filters, unknown): ([Filter], [String]) = ([], [])
        var permissions: [String]?
        for member in members {
            switch member.name {
            case "id" where kind.hasFilters:
                filters.append(Filter(name: "id", value: try Self.id(member.value, at: "\(place).id")))
            case "custom_data" where kind.hasFilters:
                filters += try Self.customData(member.value, at: "\(place).custom_data")
            case "permissions" where !kind.hasFilters:
                permissions = try Self.permissions(member.value, at: "\(place).permissions")
            default: unknown.append(member.name)
            }
        }
        self.kind = kind
        self.filters = filters
        self.permissions = permissions
        unknownNames = unknown
        hasEmptyCustomData = kind.hasFilters && value["custom_data"]?.objectValue?.isEmpty == true
    }

    private static func id(_ value: JSONValue, at place: String) throws(DocumentError) -> JSONValue {
        guard let text = value.stringValue, !text.isEmpty else {
            throw DocumentError(at: place, "has to be a text that is not empty")
        }
        return value
    }

    private static func customData(_ value: JSONValue, at place: String) throws(DocumentError) -> [Filter] {
        guard let members = value.objectValue else {
            throw DocumentError(at: place, "has to be an object", hint: #"for example {"user_id":"..."}"#)
        }
        var filters: [Filter] = []
        for member in members {
            switch member.value {
            case .string, .bool, .number(.integer):
                filters.append(Filter(name: "custom_data.\(member.name)", value: member.value))
            default:
                throw DocumentError(
                    at: "\(place).\(member.name)", "has to be a text, a whole number, true or false",
                    hint: "a filter asks for one value; there are no lists and no patterns")
            }
        }
        return filters
    }

    private static func permissions(_ value: JSONValue, at place: String) throws(DocumentError) -> [String] {
        guard let elements = value.arrayValue else {
            throw DocumentError(
                at: place, "has to be an array", hint: "of \(permissionNames.joined(separator: ", "))")
        }
        var names: [String] = []
        for (index, element) in elements.enumerated() {
            guard let name = element.stringValue, !name.isEmpty else {
                throw DocumentError(at: "\(place)[\(index)]", "has to be a text that is not empty")
            }
            names.append(name)
        }
        return names
    }
}
