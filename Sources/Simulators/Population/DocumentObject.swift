import BridgeCore

/// An object of a population document; every reading says where it fails, and a member nobody knows is an error.
struct DocumentObject {
    /// Where it stands: `people[3].environments.contoso`.
    let place: String
    private let value: JSONValue

    /// - Throws: `configuration_invalid` where `value` is no object or has another member than those `known`.
    init(_ value: JSONValue?, at place: String, known: [String]) throws(SimulatorError) {
        guard let value, let members = value.objectValue else { throw .invalid("\(place) is no object") }
        for member in members where !known.contains(member.name) {
            let near = Suggestion.nearest(to: member.name, among: known)
            throw .invalid(
                "\(place) has no member \(quoted(member.name))",
                hint: near.map { "did you mean \($0)?" } ?? "known are \(known.joined(separator: ", "))")
        }
        self.place = place
        self.value = value
    }

    /// Whether there is a member `name`, null included.
    func has(_ name: String) -> Bool { value[name] != nil }

    /// The boolean under `name`; `nil` where it says `"missing"`, since null would remove the member.
    func boolOrMissing(_ name: String, default standard: Bool) throws(SimulatorError) -> Bool? {
        try present(name) == .string("missing") ? nil : bool(name, default: standard)
    }

    /// The text under `name`; `nil` where it is absent or null.
    func text(_ name: String) throws(SimulatorError) -> String? {
        guard let member = present(name) else { return nil }
        guard let text = member.stringValue else { throw .invalid("\(place).\(name) is no string") }
        return text
    }

    /// The text under `name`, which has to be there.
    func required(_ name: String) throws(SimulatorError) -> String {
        guard let text = try text(name), !text.isEmpty else { throw .invalid("\(place).\(name) is missing") }
        return text
    }

    func bool(_ name: String, default standard: Bool = false) throws(SimulatorError) -> Bool {
        guard let member = present(name) else { return standard }
        guard let bool = member.boolValue else { throw .invalid("\(place).\(name) is neither true nor false") }
        return bool
    }

    func integer(_ name: String) throws(SimulatorError) -> Int64? {
        guard let member = present(name) else { return nil }
        guard let number = member.integerValue else { throw .invalid("\(place).\(name) is no whole number") }
        return number
    }

    func guid(_ name: String) throws(SimulatorError) -> GUID? {
        guard let text = try text(name) else { return nil }
        guard let guid = GUID(text) else { throw .invalid("\(place).\(name) is no GUID") }
        return guid
    }

    func time(_ name: String) throws(SimulatorError) -> Timestamp? {
        guard let text = try text(name) else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw .invalid("\(place).\(name) is no time", hint: "write it like 2026-11-20T09:30:00Z")
        }
        return time
    }

    /// The strings under `name`; none where it is absent.
    func texts(_ name: String) throws(SimulatorError) -> [String] {
        var texts: [String] = []
        for element in try elements(name) {
            guard let text = element.stringValue else { throw .invalid("\(place).\(name) holds something but strings") }
            texts.append(text)
        }
        return texts
    }

    /// The object under `name`, which has to be there.
    func object(_ name: String, known: [String]) throws(SimulatorError) -> DocumentObject {
        try DocumentObject(value[name], at: "\(place).\(name)", known: known)
    }

    /// The objects under `name`, each with its place.
    func objects(_ name: String, known: [String]) throws(SimulatorError) -> [DocumentObject] {
        var objects: [DocumentObject] = []
        for (index, element) in try elements(name).enumerated() {
            objects.append(try DocumentObject(element, at: "\(place).\(name)[\(index)]", known: known))
        }
        return objects
    }

    /// The objects under `name`; a string in the place of one stands for its member `member`.
    func objects(_ name: String, textAs member: String, known: [String]) throws(SimulatorError) -> [DocumentObject] {
        var objects: [DocumentObject] = []
        for (index, element) in try elements(name).enumerated() {
            let object = element.stringValue == nil ? element : .object([JSONMember(name: member, value: element)])
            objects.append(try DocumentObject(object, at: "\(place).\(name)[\(index)]", known: known))
        }
        return objects
    }

    /// The members of the object under `name`, each an object.
    func dictionary(
        _ name: String, known: [String]
    ) throws(SimulatorError) -> [(name: String, object: DocumentObject)] {
        guard let member = present(name) else { return [] }
        guard let members = member.objectValue else { throw .invalid("\(place).\(name) is no object") }
        var objects: [(name: String, object: DocumentObject)] = []
        for member in members {
            objects.append(
                (member.name, try DocumentObject(member.value, at: "\(place).\(name).\(member.name)", known: known)))
        }
        return objects
    }

    private func elements(_ name: String) throws(SimulatorError) -> [JSONValue] {
        guard let member = present(name) else { return [] }
        guard let elements = member.arrayValue else { throw .invalid("\(place).\(name) is no array") }
        return elements
    }

    private func present(_ name: String) -> JSONValue? {
        guard let member = value[name], member != .null else { return nil }
        return member
    }
}

extension JSONValue {
    /// The value with `patch` applied (RFC 7396): null removes a member, objects are merged, all else replaces.
    func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members = objectValue ?? []
        for change in changes {
            let index = members.firstIndex { $0.name == change.name }
            switch (index, change.value) {
            case (let index?, .null): members.remove(at: index)
            case (nil, .null): break
            case (let index?, let value): members[index].value = members[index].value.merged(with: value)
            case (nil, let value):
                members.append(JSONMember(name: change.name, value: JSONValue.null.merged(with: value)))
            }
        }
        return .object(members)
    }
}
