package import BridgeCore

extension Connection {
    /// What stands in the place of a secret that is set.
    package static let mask = "***"

    /// Writes the members that every answer about a connection has, into an object that is open; secrets are masked.
    ///
    /// - Parameter operatorClientID: the client that serves connections without one of their own.
    package func writeMembers(to writer: inout JSONWriter, operatorClientID: GUID?) {
        writer.member("name", id.name.value)
        for member in documentMembers {
            writer.name(member.name)
            writer.value(member.value)
        }
        writer.member("organizationId", validation?.organizationID?.value)
        writer.member("validated", isValidated(operatorClientID: operatorClientID))
        writer.member("testedAt", validation?.testedAt.description)
        writer.member("consent", consent == .outstanding ? "outstanding" : "granted")
        writer.member("consentedAt", consentedAt?.description)
        writer.member("createdAt", createdAt.description)
        writer.member("updatedAt", updatedAt.description)
    }

    /// The members that an administrator sent, with their secrets masked; `null` for what was left out.
    var documentMembers: [JSONMember] {
        switch settings {
        case .dynamics(let settings):
            [
                JSONMember("tenantId", settings.tenantID.value), JSONMember("clientId", settings.clientID?.value),
            ] + (credential?.documentMembers ?? []) + [
                JSONMember("secretExpiresAt", credential?.endsAt?.description),
                JSONMember("environmentUrl", settings.environmentURL),
                JSONMember("readAs", settings.readAs.rawValue),
                JSONMember("mailboxApproval", settings.mailboxApproval.rawValue),
            ]
                + (credential?.certificatePEM == nil
                    ? [] : [JSONMember("assertionAlgorithm", settings.assertionAlgorithm.rawValue)])
        }
    }
}

extension StoredCredential {
    fileprivate var documentMembers: [JSONMember] {
        switch kind {
        case .secret: [JSONMember("clientSecret", Connection.mask)]
        case .certificate(let pem):
            [JSONMember("clientCertificate", pem), JSONMember("clientKey", Connection.mask)]
        }
    }
}

extension JSONMember {
    /// A text, or `null`.
    fileprivate init(_ name: String, _ text: String?) {
        self.init(name: name, value: text.map { .string($0) } ?? .null)
    }
}
