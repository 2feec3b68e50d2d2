package import BridgeCore

extension Connection {
    /// The connection with other settings and another credential: what was tested as something else is untested now.
    ///
    /// Consent belongs to a client in a tenant, and is lost with either.
    package func edited(
        _ settings: DynamicsSettings, credential: StoredCredential?, at now: Timestamp
    ) -> Connection {
        var edited = self
        edited.settings = .dynamics(settings)
        edited.credential = credential
        edited.updatedAt = now
        switch self.settings {
        case .dynamics(let before):
            let isSameClient = before.tenantID == settings.tenantID && before.clientID == settings.clientID
            let isSameAccess =
                isSameClient && before.environmentURL == settings.environmentURL && before.readAs == settings.readAs
                && self.credential == credential && before.assertionAlgorithm == settings.assertionAlgorithm
            if !isSameAccess { edited.validation = nil }
            if !isSameClient { edited.consent = .outstanding }
        }
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
        guard let credential else { return self }
        var resealed = self
        resealed.credential = StoredCredential(
            kind: credential.kind, box: box, endsAt: credential.endsAt, mark: credential.mark, setAt: credential.setAt)
        return resealed
    }
}
