package import BridgeCore

extension RecordMapping {
    /// Reads `{"Case":{"ContactEmail":"user_email"}}`; `place` names it in errors.
    ///
    /// - Throws: `configuration_invalid` with the place of the mistake: `recordMapping.Case.ContactEmail`. Names that
    ///   differ in case alone are one name to the CRM, and refused.
    package init(_ value: JSONValue, at place: String) throws(DocumentError) {
        let types = try Self.members(
            value, at: place, upTo: Self.typeLimit, "record types",
            hint: "map at least one, or leave recordMapping out: then Case, Contact and LiveChatTranscript are mapped")
        var keys: [String: [String: String]] = [:]
        for type in types {
            try Self.check(APIName.flaw(ofType: type.name), type.name, at: place)
            keys[type.name] = try Self.fields(type.value, at: "\(place).\(type.name)")
        }
        self.init(keys)
    }

    private static func fields(_ value: JSONValue, at place: String) throws(DocumentError) -> [String: String] {
        let members = try members(
            value, at: place, upTo: fieldLimit, "fields",
            hint: "name a field and its custom-data key, or leave the record type out")
        var fields: [String: String] = [:]
        for member in members {
            try check(APIName.flaw(ofField: member.name), member.name, at: place)
            let place = "\(place).\(member.name)"
            let key = try CustomDataKey.checked(member.value, at: place)
            guard !fields.values.contains(key) else {
                throw DocumentError(
                    at: place, "\"\(key)\" is what another field is mapped to",
                    hint: "map one field to each custom-data key: a device has one value of it")
            }
            fields[member.name] = key
        }
        return fields
    }

    /// The members of an object with one at least, and none twice.
    private static func members(
        _ value: JSONValue, at place: String, upTo limit: Int, _ what: String, hint: String
    ) throws(DocumentError) -> [JSONMember] {
        guard let members = value.objectValue else {
            throw DocumentError(
                at: place, "has to be an object", hint: #"for example {"Case":{"ContactEmail":"user_email"}}"#)
        }
        guard !members.isEmpty else { throw DocumentError(at: place, "maps no \(what)", hint: hint) }
        guard members.count <= limit else {
            throw DocumentError(at: place, "maps \(members.count) \(what), at most \(limit) are possible")
        }
        var names: Set<String> = []
        for member in members where !names.insert(member.name.lowercased()).inserted {
            throw DocumentError(
                at: place, "\(quoted(member.name)) stands there twice",
                hint: "the CRM's names have no case of their own")
        }
        return members
    }

    private static func check(_ flaw: APIName.Flaw?, _ name: String, at place: String) throws(DocumentError) {
        guard let flaw else { return }
        throw DocumentError(at: place, "\(quoted(name)) \(flaw.problem)", hint: flaw.hint)
    }
}
