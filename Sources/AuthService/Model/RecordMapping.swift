package import BridgeCore

/// Which field of a CRM record is which custom-data key of Cobrowse: what a list of devices is filtered by.
///
/// `{"Case":{"ContactEmail":"user_email"}}` makes `filter_user_email=` out of the contact's address of a case. A record
/// type stands here with at least one field: mapping none would show the devices of everybody.
package struct RecordMapping: Sendable, Hashable {
    /// The custom-data key for each field, by type of record and name of the field.
    package let keys: [String: [String: String]]

    package init(_ keys: [String: [String: String]]) {
        self.keys = keys
    }

    /// What Cobrowse's own apps filter by: the end user's address, for cases and contacts.
    package static let standard = RecordMapping([
        "Case": ["ContactEmail": "user_email"], "Contact": ["Email": "user_email"],
    ])
}

extension RecordMapping {
    /// Reads `{"Case":{"ContactEmail":"user_email"}}`; `place` names it in errors.
    package init(_ value: JSONValue, at place: String) throws(DocumentError) {
        guard let types = value.objectValue else { throw DocumentError(at: place, "has to be an object") }
        var keys: [String: [String: String]] = [:]
        for type in types {
            try Self.checkName(type.name, at: place)
            keys[type.name] = try Self.fields(type.value, at: "\(place).\(type.name)")
        }
        self.init(keys)
    }

    private static func fields(_ value: JSONValue, at place: String) throws(DocumentError) -> [String: String] {
        guard let members = value.objectValue else { throw DocumentError(at: place, "has to be an object") }
        guard !members.isEmpty else {
            throw DocumentError(
                at: place, "maps no field", hint: "name a field and its custom-data key, or leave the record type out")
        }
        var fields: [String: String] = [:]
        for member in members {
            try checkName(member.name, at: place)
            let memberPlace = "\(place).\(member.name)"
            guard let key = member.value.stringValue, isKey(key) else {
                throw DocumentError(
                    at: memberPlace, "has to be the name of a custom-data key",
                    hint: "1 to 64 letters, digits, . _ -, for example user_email")
            }
            guard !fields.values.contains(key) else {
                throw DocumentError(at: memberPlace, "\"\(key)\" is what another field is mapped to")
            }
            fields[member.name] = key
        }
        return fields
    }

    /// API names of record types and fields; a way over a relationship has points in it.
    private static func checkName(_ name: String, at place: String) throws(DocumentError) {
        guard isKey(name) else {
            throw DocumentError(
                at: place, "\(quoted(name)) is no API name", hint: "1 to 64 letters, digits, . _ -, as the CRM has it")
        }
    }

    private static func isKey(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The object that `init(_:at:)` reads, names in the order of their bytes.
    package var value: JSONValue {
        Self.object(keys) { fields in Self.object(fields) { .string($0) } }
    }

    private static func object<Value>(_ values: [String: Value], _ write: (Value) -> JSONValue) -> JSONValue {
        let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .object(sorted.map { JSONMember(name: $0.key, value: write($0.value)) })
    }
}
