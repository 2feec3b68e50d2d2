package import BridgeCore

extension Connection {
    /// The connection with other settings and another credential: what was tested as something else is untested now.
    ///
    /// Consent belongs to a client in a tenant, and is lost with either.
    package func edited(_ settings: Settings, credential: StoredCredential?, at now: Timestamp) -> Connection {
        var edited = self
        edited.settings = settings
        edited.credential = credential
        edited.updatedAt = now
        if !(self.settings.isSameAccess(as: settings) && self.credential == credential) { edited.validation = nil }
        if !self.settings.isSameClient(as: settings) { edited.consent = .outstanding }
        return edited
    }

    /// The connection after a test that every stage of passed.
    package func validated(_ validation: Validation) -> Connection {
        var validated = self
        validated.validation = validation
        return validated
    }

    /// The connection once an administrator of its Entra tenant has consented, and a token has proven it.
    package func consented(at now: Timestamp) -> Connection {
        var consented = self
        consented.consent = .granted(at: now)
        consented.updatedAt = now
        return consented
    }
}

extension Connection {
    /// What is secret about it, as the store keeps it; `nil` for one with the operator's client.
    package var sealedRecord: SealedRecord? {
        credential.map { SealedRecord(name: id.sealedRecordName, box: $0.box) }
    }

    /// The connection with its credential in another box: the same credential, and so the same version.
    package func resealed(_ box: [UInt8]) -> Connection {
        var resealed = self
        resealed.credential = credential?.resealed(box)
        return resealed
    }
}

extension Connection.Settings {
    /// Whether the same client asks the same authority.
    fileprivate func isSameClient(as other: Self) -> Bool {
        switch (self, other) {
        case (.dynamics(let one), .dynamics(let other)):
            one.tenantID == other.tenantID && one.clientID == other.clientID
        case (.salesforce(let one), .salesforce(let other)):
            one.loginURL == other.loginURL && one.clientID == other.clientID
        case (.dynamics, .salesforce), (.salesforce, .dynamics): false
        }
    }

    /// Whether the same client reads the same, in the same way.
    fileprivate func isSameAccess(as other: Self) -> Bool {
        guard isSameClient(as: other) else { return false }
        switch (self, other) {
        case (.dynamics(let one), .dynamics(let other)):
            return one.environmentURL == other.environmentURL && one.readAs == other.readAs
                && one.assertionAlgorithm == other.assertionAlgorithm
        case (.salesforce(let one), .salesforce(let other)):
            return one.organizationID == other.organizationID
                && one.integrationUsername == other.integrationUsername
        case (.dynamics, .salesforce), (.salesforce, .dynamics): return false
        }
    }
}
