internal import BridgeCore

extension Connection.Settings {
    /// Reads the text of the settings of a connection, as a store keeps it.
    package init(_ kind: ConnectionID.Kind, parsing text: String) throws(DocumentError) {
        switch kind {
        case .dynamics: self = .dynamics(try DynamicsSettings(DocumentText.value(text.utf8)))
        case .salesforce: self = .salesforce(try SalesforceSettings(DocumentText.value(text.utf8)))
        }
    }

    /// The text that `init(_:parsing:)` reads.
    package var json: String {
        var writer = JSONWriter()
        switch self {
        case .dynamics(let settings): settings.write(to: &writer)
        case .salesforce(let settings): settings.write(to: &writer)
        }
        return writer.text
    }
}

extension DynamicsSettings {
    fileprivate init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(
            value, at: "",
            names: ["tenantId", "clientId", "environmentUrl", "readAs", "mailboxApproval", "assertionAlgorithm"])
        let algorithm = try object.optionalText("assertionAlgorithm") ?? AssertionAlgorithm.ps256.rawValue
        guard let tenantID = GUID(try object.text("tenantId")),
            let readAs = ReadAs(rawValue: try object.text("readAs")),
            let approval = MailboxApproval(rawValue: try object.text("mailboxApproval")),
            let algorithm = AssertionAlgorithm(rawValue: algorithm)
        else { throw DocumentError(at: "", "was written by another version") }
        let clientID = try object.optionalText("clientId")
        self.init(
            tenantID: tenantID, clientID: clientID.flatMap { GUID($0) },
            environmentURL: try object.text("environmentUrl"), readAs: readAs, mailboxApproval: approval,
            assertionAlgorithm: algorithm)
        // A client that cannot be read must not become none, which is the operator's.
        guard (clientID == nil) == (self.clientID == nil) else { throw DocumentError(at: "clientId", "is no GUID") }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("tenantId", tenantID.value)
            if let clientID { writer.member("clientId", clientID.value) }
            writer.member("environmentUrl", environmentURL)
            writer.member("readAs", readAs.rawValue)
            writer.member("mailboxApproval", mailboxApproval.rawValue)
            if assertionAlgorithm != .ps256 { writer.member("assertionAlgorithm", assertionAlgorithm.rawValue) }
        }
    }
}

extension SalesforceSettings {
    fileprivate init(_ value: JSONValue) throws(DocumentError) {
        let object = try DocumentObject(
            value, at: "",
            names: ["loginUrl", "clientId", "integrationUsername", "organizationId", "canvasApplicationId"])
        guard let organizationID = SalesforceID(try object.text("organizationId")) else {
            throw DocumentError(at: "organizationId", "is no id of Salesforce")
        }
        let canvasApplicationID = try object.optionalText("canvasApplicationId")
        self.init(
            loginURL: try object.text("loginUrl"), clientID: try object.optionalText("clientId"),
            integrationUsername: try object.optionalText("integrationUsername"), organizationID: organizationID,
            canvasApplicationID: canvasApplicationID.flatMap { SalesforceID($0) })
        // An app that cannot be read must not become none, which is any.
        guard (canvasApplicationID == nil) == (self.canvasApplicationID == nil) else {
            throw DocumentError(at: "canvasApplicationId", "is no id of Salesforce")
        }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("loginUrl", loginURL)
            if let clientID { writer.member("clientId", clientID) }
            if let integrationUsername { writer.member("integrationUsername", integrationUsername) }
            writer.member("organizationId", organizationID.value)
            if let canvasApplicationID { writer.member("canvasApplicationId", canvasApplicationID.value) }
        }
    }
}
