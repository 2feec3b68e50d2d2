package import BridgeCore

extension DynamicsFacts {
    /// The names of all members, in the order in which they are written.
    static let memberNames =
        Person.memberNames + [
            "isEnabled", "isPerson", "accessMode", "applicationId", "emailApproved", "emailStatus", "mailboxApproval",
            "securityRoles", "teams",
        ]

    /// Reads `{"connection","tenantId","objectId","isEnabled","isPerson","accessMode","applicationId","emailApproved",
    /// "emailStatus","mailboxApproval","securityRoles":[name | {"name","rootId","templateId"}],"teams":[]}`, of which
    /// nothing has to be there but the first three together.
    package init(_ value: JSONValue, at place: String) throws(DocumentError) {
        let object = try DocumentObject(value, at: place, names: Self.memberNames)
        self.init(
            person: try Person(object), isEnabled: try object.optionalBool("isEnabled"),
            isPerson: try object.optionalBool("isPerson"),
            accessMode: try object.word("accessMode", of: AccessMode.knownNames, AccessMode.init(name:)),
            applicationID: try object.optionalText("applicationId"),
            emailApproved: try object.optionalBool("emailApproved"), emailStatus: try object.word("emailStatus"),
            mailboxApproval: try object.word("mailboxApproval"),
            securityRoles: try object.optionalElements("securityRoles", SecurityRole.init),
            teams: try object.optionalElements("teams", DocumentObject.text))
    }

    /// Writes the object that `init(_:at:)` reads; what is not known is left out.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            if let person { person.writeMembers(to: &writer) }
            if let isEnabled { writer.member("isEnabled", isEnabled) }
            if let isPerson { writer.member("isPerson", isPerson) }
            if let accessMode { writer.member("accessMode", accessMode.name) }
            if let applicationID { writer.member("applicationId", applicationID) }
            if let emailApproved { writer.member("emailApproved", emailApproved) }
            if let emailStatus { writer.member("emailStatus", emailStatus.rawValue) }
            if let mailboxApproval { writer.member("mailboxApproval", mailboxApproval.rawValue) }
            if let securityRoles {
                writer.name("securityRoles")
                writer.array { writer in for role in securityRoles { role.write(to: &writer) } }
            }
            writer.texts("teams", teams)
        }
    }
}

extension DynamicsFacts.Person {
    static let memberNames = ["connection", "tenantId", "objectId"]

    /// `nil` where none of the members is there; some without the others are refused.
    fileprivate init?(_ object: DocumentObject) throws(DocumentError) {
        guard Self.memberNames.contains(where: object.names.contains) else { return nil }
        let connection = try object.word("connection", of: [], ConnectionName.init)
        let tenantID = try object.word("tenantId", of: [], { GUID($0) })
        let objectID = try object.word("objectId", of: [], { GUID($0) })
        guard let connection, let tenantID, let objectID else {
            throw DocumentError(at: object.place, "names a person with some of connection, tenantId and objectId only")
        }
        self.init(connection: connection, tenantID: tenantID, objectID: objectID)
    }

    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.member("connection", connection.value)
        writer.member("tenantId", tenantID.value)
        writer.member("objectId", objectID.value)
    }
}

extension DocumentObject {
    /// The value of a member that may be missing, whose text one of a few words stands for.
    fileprivate func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String
    ) throws(DocumentError) -> Word? {
        try word(name, of: Word.allCases.map(\.rawValue), Word.init(rawValue:))
    }
}

extension DynamicsFacts.SecurityRole {
    fileprivate init(_ value: JSONValue, at place: String) throws(DocumentError) {
        if let name = value.stringValue {
            self.init(name: name)
            return
        }
        let object = try DocumentObject(value, at: place, names: ["name", "rootId", "templateId"])
        self.init(
            name: try object.text("name"), rootID: try object.optionalText("rootId"),
            templateID: try object.optionalText("templateId"))
    }

    fileprivate func write(to writer: inout JSONWriter) {
        guard rootID != nil || templateID != nil else { return writer.string(name) }
        writer.object { writer in
            writer.member("name", name)
            if let rootID { writer.member("rootId", rootID) }
            if let templateID { writer.member("templateId", templateID) }
        }
    }
}
