package import BridgeCore

/// What a token may touch in Cobrowse: its `policy` claim, version 3. What is not listed is not allowed.
///
/// `warnings` tells what is probably not meant, `sentences` what it allows, in words.
package struct Policy: Sendable, Hashable {
    /// The object as it was read, with its members in their order: what goes into a token.
    package let document: JSONValue
    /// In the order of `PolicyResource.Kind`.
    let resources: [PolicyResource]
    /// Resources that are not documented, in the order of the text.
    let unknownNames: [String]

    /// Takes an object such as `{"version":3,"sessions":{},"devices":{"custom_data":{"user_id":"u1"}}}`; `place` names
    /// it in errors.
    ///
    /// What is known has to have its type. What is not known is kept and gives a warning: Cobrowse may know it.
    package init(_ value: JSONValue, at place: String = "") throws(DocumentError) {
        guard let members = value.objectValue else { throw DocumentError(at: place, "has to be an object") }
        func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
        guard let version = value["version"] else {
            throw DocumentError(at: path("version"), "is missing", hint: #"write "version": 3"#)
        }
        guard version.integerValue == 3 else {
            throw DocumentError(at: path("version"), "has to be 3", hint: "older versions are not minted any more")
        }
        var resources: [PolicyResource] = []
        for kind in PolicyResource.Kind.allCases {
            guard let value = value[kind.rawValue] else { continue }
            resources.append(try PolicyResource(kind, value, at: path(kind.rawValue)))
        }
        document = value
        self.resources = resources
        unknownNames = members.map(\.name).filter { $0 != "version" && PolicyResource.Kind(rawValue: $0) == nil }
    }

    /// Reads the text of such an object; what is no JSON is refused with line and column.
    package init(parsing text: some Collection<UInt8>) throws(DocumentError) {
        try self.init(DocumentText.value(text))
    }

    /// The text that goes into a token.
    package var json: String {
        var writer = JSONWriter()
        writer.value(document)
        return writer.text
    }

    /// What is said about `kind`; `nil` where nothing of it is allowed.
    func resource(_ kind: PolicyResource.Kind) -> PolicyResource? { resources.first { $0.kind == kind } }
}

extension JSONWriter {
    /// Writes `{"sentences":[...],"warnings":[...]}`.
    package mutating func policySummary(_ policy: Policy) {
        object { writer in
            writer.name("sentences")
            writer.array { writer in for sentence in policy.sentences { writer.string(sentence) } }
            writer.name("warnings")
            writer.array { writer in for warning in policy.warnings { writer.string(warning.description) } }
        }
    }
}
