package import BridgeCore

/// A record of the CRM, as far as it is known to whoever asks for a URL: what is open in front of an agent.
package struct CRMRecord: Sendable, Hashable {
    /// The API name of its type: `Case`.
    package let type: String
    /// The values by API name of the field; a field that relationships lead to has its whole way as name.
    package let fields: [JSONMember]

    package init(type: String, fields: [JSONMember]) {
        self.type = type
        self.fields = fields
    }

    /// Reads `{"type":"Case","fields":{"ContactEmail":"ann@example.com"}}`; `place` names it in errors.
    ///
    /// - Throws: `configuration_invalid` with the place of what is missing, unknown or of a wrong kind.
    package init(_ value: JSONValue, at place: String = "") throws(DocumentError) {
        let object = try DocumentObject(value, at: place, names: ["type", "fields"])
        type = try object.text("type")
        guard let fields = try object.value("fields").objectValue else {
            throw DocumentError(
                at: object.place(of: "fields"), "has to be an object",
                hint: #"for example {"ContactEmail":"ann@example.com"}"#)
        }
        self.fields = fields
    }

    /// Reads the text of such an object; what is no JSON is refused with line and column.
    package init(parsing text: some Collection<UInt8>) throws(DocumentError) {
        try self.init(DocumentText.value(text))
    }
}

extension CRMRecord: CustomStringConvertible, CustomReflectable {
    /// The type: what the fields hold is about customers.
    package var description: String { "a record of type \(quoted(type))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
