package import BridgeCore

extension Connection {
    /// What stands in the place of a secret that is set.
    package static let mask = "***"

    /// Writes the members that every answer about a connection has, into an object that is open; secrets are masked.
    ///
    /// - Parameter operatorClientID: the client that serves connections of this kind without one of their own.
    package func writeMembers(to writer: inout JSONWriter, operatorClientID: String?) {
        writer.member("name", id.name.value)
        for member in documentMembers {
            writer.name(member.name)
            writer.value(member.value)
        }
        if id.kind == .dynamics { writer.member("organizationId", validation?.organizationID) }
        writer.member("validated", isValidated(operatorClientID: operatorClientID))
        writer.member("testedAt", validation?.testedAt.description)
        if id.kind == .dynamics {
            writer.member("consent", consent == .outstanding ? "outstanding" : "granted")
            writer.member("consentedAt", consentedAt?.description)
        }
        writer.member("createdAt", createdAt.description)
        writer.member("updatedAt", updatedAt.description)
    }

    /// The members that an administrator sent, with their secrets masked; `null` for what was left out.
    var documentMembers: [JSONMember] {
        switch settings {
        case .dynamics(let settings): settings.documentMembers(credential)
        case .salesforce(let settings): settings.documentMembers(credential)
        }
    }
}

extension DynamicsSettings {
    fileprivate func documentMembers(_ credential: StoredCredential?) -> [JSONMember] {
        var members = [JSONMember("tenantId", tenantID.value), JSONMember("clientId", clientID?.value)]
        if credential?.secret != nil { members.append(JSONMember("clientSecret", Connection.mask)) }
        if let pem = credential?.certificatePEM {
            members += [JSONMember("clientCertificate", pem), JSONMember("clientKey", Connection.mask)]
        }
        members += [
            JSONMember("secretExpiresAt", credential?.endsAt?.description),
            JSONMember("environmentUrl", environmentURL), JSONMember("readAs", readAs.rawValue),
            JSONMember("mailboxApproval", mailboxApproval.rawValue),
        ]
        if credential?.certificatePEM != nil {
            members.append(JSONMember("assertionAlgorithm", assertionAlgorithm.rawValue))
        }
        return members
    }
}

extension SalesforceSettings {
    fileprivate func documentMembers(_ credential: StoredCredential?) -> [JSONMember] {
        [
            JSONMember("loginUrl", loginURL), JSONMember("clientId", clientID),
            JSONMember("clientSecret", credential?.secret.map { _ in Connection.mask }),
            JSONMember("secretExpiresAt", credential?.secret?.endsAt?.description),
            JSONMember("clientKey", credential?.key.map { _ in Connection.mask }),
            JSONMember("clientCertificate", credential?.certificatePEM),
            JSONMember("certificateExpiresAt", credential?.key?.endsAt?.description),
            JSONMember("integrationUsername", integrationUsername),
            JSONMember("organizationId", organizationID.value),
            JSONMember("canvasApplicationId", canvasApplicationID?.value),
        ]
    }
}

extension JSONMember {
    /// A text, or `null`.
    fileprivate init(_ name: String, _ text: String?) {
        self.init(name: name, value: text.map { .string($0) } ?? .null)
    }
}
