package import BridgeCore

/// A decision as a store gives it back: its document, and what is needed to find and page it.
package struct StoredDecision: Sendable, Hashable {
    package let id: String
    package let license: License
    package let time: Timestamp
    /// The JSON document (`Decision.document`).
    package let document: String

    package init(id: String, license: License, time: Timestamp, document: String) {
        self.id = id
        self.license = license
        self.time = time
        self.document = document
    }

    /// The facts it was made from; `nil` where there were none to believe.
    ///
    /// - Throws: `configuration_invalid` for a document that this version cannot read.
    package func facts() throws(DocumentError) -> LoginFacts? {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: document.utf8)
        } catch {
            throw DocumentError(at: id, "is no JSON: \(error)")
        }
        guard let facts = value["facts"] else { return nil }
        return try LoginFacts(facts, at: "facts")
    }
}
