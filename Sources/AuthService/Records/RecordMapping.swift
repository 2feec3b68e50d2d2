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

    /// What Cobrowse's own apps filter by: the end user's address, for cases and contacts, and the key of a live chat.
    package static let standard = RecordMapping([
        "Case": ["ContactEmail": "user_email"], "Contact": ["Email": "user_email"],
        "LiveChatTranscript": ["ChatKey": "salesforce_liveAgentSessionKey"],
    ])

    /// How many types of record a mapping has at most.
    package static let typeLimit = 100
    /// How many fields of one type are mapped at most: each becomes a parameter of the URL.
    package static let fieldLimit = 10
}

extension RecordMapping {
    /// The object that `init(_:at:)` reads, names in the order of their bytes.
    package var value: JSONValue {
        Self.object(keys) { fields in Self.object(fields) { .string($0) } }
    }

    private static func object<Value>(_ values: [String: Value], _ write: (Value) -> JSONValue) -> JSONValue {
        let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .object(sorted.map { JSONMember(name: $0.key, value: write($0.value)) })
    }
}
