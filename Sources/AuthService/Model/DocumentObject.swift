import BridgeCore

/// An object of a document while it is read: knows its place, and refuses what nobody asked for.
struct DocumentObject {
    /// The place of the object itself, empty for the root.
    let place: String
    private let members: [JSONMember]

    /// Takes `value` as an object with members out of `names` and no others.
    init(_ value: JSONValue, at place: String, names: [String]) throws(DocumentError) {
        guard let members = value.objectValue else { throw DocumentError(at: place, "has to be an object") }
        self.place = place
        self.members = members
        for member in members where !names.contains(member.name) {
            let near = Suggestion.nearest(to: member.name, among: names)
            throw DocumentError(
                at: self.place(of: member.name), "is not known here",
                hint: near.map { "did you mean \($0)?" } ?? "known are \(names.joined(separator: ", "))")
        }
    }

    /// The members' names, in the order of the text.
    var names: [String] { members.map(\.name) }

    /// The value of a member that has to be there.
    func value(_ name: String) throws(DocumentError) -> JSONValue {
        guard let member = members.first(where: { $0.name == name }) else {
            throw DocumentError(at: place(of: name), "is missing")
        }
        return member.value
    }

    /// The value of a member that may be absent.
    func optional(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    /// The text of a member that has to be there and not be empty.
    func text(_ name: String) throws(DocumentError) -> String {
        guard let text = try value(name).stringValue, !text.isEmpty else {
            throw DocumentError(at: place(of: name), "has to be a text that is not empty")
        }
        return text
    }

    /// The text of a member that may be missing.
    func optionalText(_ name: String) throws(DocumentError) -> String? {
        names.contains(name) ? try Self.text(value(name), at: place(of: name)) : nil
    }

    /// The value that `read` makes of the text of a member that may be missing.
    func word<Word>(
        _ name: String, of known: [String], _ read: (String) -> Word?
    ) throws(DocumentError) -> Word? {
        guard let text = try optionalText(name) else { return nil }
        guard let word = read(text) else {
            throw DocumentError(
                at: place(of: name), "\(quoted(text)) is not known here",
                hint: known.isEmpty ? nil : "one of \(known.joined(separator: ", "))")
        }
        return word
    }

    /// The boolean of a member that may be missing.
    func optionalBool(_ name: String) throws(DocumentError) -> Bool? {
        guard names.contains(name) else { return nil }
        guard let bool = try value(name).boolValue else {
            throw DocumentError(at: place(of: name), "is neither true nor false")
        }
        return bool
    }

    /// The elements of a member that may be missing, each as `read` makes it.
    func optionalElements<Element>(
        _ name: String, _ read: (JSONValue, String) throws(DocumentError) -> Element
    ) throws(DocumentError) -> [Element]? {
        guard names.contains(name) else { return nil }
        var elements: [Element] = []
        for (index, value) in try array(name).enumerated() {
            elements.append(try read(value, "\(place(of: name))[\(index)]"))
        }
        return elements
    }

    /// A value that has to be a text.
    static func text(_ value: JSONValue, at place: String) throws(DocumentError) -> String {
        guard let text = value.stringValue else { throw DocumentError(at: place, "has to be a text") }
        return text
    }

    /// The elements of a member that has to be there.
    func array(_ name: String) throws(DocumentError) -> [JSONValue] {
        guard let elements = try value(name).arrayValue else {
            throw DocumentError(at: place(of: name), "has to be an array")
        }
        return elements
    }

    /// The place of the member `name`.
    func place(of name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
}
