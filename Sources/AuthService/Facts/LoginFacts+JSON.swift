package import BridgeCore
internal import BridgeCrypto

extension LoginFacts {
    /// Reads facts as decisions keep them, and as people write them to ask what would be:
    /// `{"email","displayName","role","salesforce":{...}|"dynamics":{...}}`.
    ///
    /// `salesforce` is as in a token, or as a connection has read it; without it and `dynamics` the tenant's signer vouches
    /// alone.
    package init(_ value: JSONValue, at place: String = "") throws(DocumentError) {
        let object = try DocumentObject(
            value, at: place, names: ["email", "displayName", "role", "salesforce", "dynamics"])
        let email = try object.text("email")
        let name = try object.optionalText("displayName")
        let role = try Self.role(object)
        self.init(email: email, displayName: name, claimedRole: role, origin: try Self.origin(object))
    }

    private static func role(_ object: DocumentObject) throws(DocumentError) -> RoleClaim {
        guard object.names.contains("role") else { return .absent }
        let value = try object.value("role")
        if value == .null { return .null }
        guard let text = value.stringValue, let role = Role(rawValue: text) else {
            throw DocumentError(at: object.place(of: "role"), "is neither agent, administrator nor null")
        }
        return role == .administrator ? .administrator : .agent
    }

    private static func origin(_ object: DocumentObject) throws(DocumentError) -> Origin {
        switch (object.names.contains("salesforce"), object.names.contains("dynamics")) {
        case (false, false): return .signer
        case (true, false):
            return .salesforce(
                try SalesforceFacts(object.value("salesforce"), at: object.place(of: "salesforce")))
        case (false, true):
            return .dynamics(try DynamicsFacts(object.value("dynamics"), at: object.place(of: "dynamics")))
        case (true, true):
            throw DocumentError(at: object.place(of: "dynamics"), "cannot stand beside salesforce")
        }
    }

    /// Writes the object that `init(_:at:)` reads.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("email", email)
            if let displayName { writer.member("displayName", displayName) }
            switch claimedRole {
            case .absent: break
            case .null: writer.member("role", nil as String?)
            case .agent, .administrator: writer.member("role", claimedRole.rawValue)
            }
            switch origin {
            case .signer: break
            case .salesforce(let facts):
                writer.name("salesforce")
                facts.write(to: &writer)
            case .dynamics(let facts):
                writer.name("dynamics")
                facts.write(to: &writer)
            }
        }
    }
}

extension JSONWriter {
    /// Writes a member with an array of texts; nothing for `nil`.
    mutating func texts(_ name: String, _ texts: [String]?) {
        guard let texts else { return }
        self.name(name)
        array { writer in for text in texts { writer.string(text) } }
    }
}
