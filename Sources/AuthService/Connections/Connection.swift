package import BridgeCore

/// A tenant's link to one environment of a CRM: where it is, as whom it is asked, and what is known to work.
package struct Connection: Sendable, Hashable {
    /// The most connections of one tenant.
    package static let largestCount = 64

    package let id: ConnectionID
    package internal(set) var settings: Settings
    /// `nil` where the client is the operator's, whose credential is in the configuration.
    package internal(set) var credential: StoredCredential?
    /// `nil` for one whose client, credential or environment was changed after the last test.
    package internal(set) var validation: Validation?
    package internal(set) var consent: Consent
    package let createdAt: Timestamp
    package internal(set) var updatedAt: Timestamp
    /// The number of the audit entry of its last change, which no other change has; stores set it.
    package var version: Int64

    /// What there is to say of each kind of system.
    package enum Settings: Sendable, Hashable {
        case dynamics(DynamicsSettings)
        case salesforce(SalesforceSettings)
    }

    /// A test that every stage of passed.
    package struct Validation: Sendable, Hashable {
        package let testedAt: Timestamp
        /// The client it was made as: the operator may exchange theirs afterwards.
        package let clientID: String
        /// The id of the environment's organization, or of the org; `nil` where the bridge does not read it
        /// (`ReadAs.agent`).
        package let organizationID: String?

        package init(testedAt: Timestamp, clientID: String, organizationID: String?) {
            self.testedAt = testedAt
            self.clientID = clientID
            self.organizationID = organizationID
        }
    }

    /// Whether an administrator of the Entra tenant let its people sign in at the client.
    package enum Consent: Sendable, Hashable {
        case outstanding
        /// Somebody came back from the consent page, and a token was obtained after that.
        case granted(at: Timestamp)
    }

    /// When consent came; `nil` while it is outstanding.
    package var consentedAt: Timestamp? {
        if case .granted(let time) = consent { time } else { nil }
    }

    /// A connection that nobody has tested yet.
    package init(
        _ id: ConnectionID, _ settings: Settings, credential: StoredCredential?, createdAt: Timestamp
    ) {
        self.init(
            id, settings, credential: credential, validation: nil, consent: .outstanding, createdAt: createdAt,
            updatedAt: createdAt, version: 0)
    }

    /// As a store has it.
    package init(
        _ id: ConnectionID, _ settings: Settings, credential: StoredCredential?, validation: Validation?,
        consent: Consent, createdAt: Timestamp, updatedAt: Timestamp, version: Int64
    ) {
        self.id = id
        self.settings = settings
        self.credential = credential
        self.validation = validation
        self.consent = consent
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }

    /// What has to be different for each of a tenant's connections of one kind: the origin of the environment.
    package var remote: String {
        switch settings {
        case .dynamics(let settings): settings.environmentURL
        case .salesforce(let settings): settings.organizationID.value
        }
    }

    /// Whether what it is now has passed a test.
    ///
    /// - Parameter operatorClientID: the client that serves connections of this kind without one of their own.
    package func isValidated(operatorClientID: String?) -> Bool {
        guard let validation, let clientID = ownClientID ?? operatorClientID else { return false }
        return validation.clientID == clientID
    }

    /// The client of its own, where it has one.
    private var ownClientID: String? {
        switch settings {
        case .dynamics(let settings): settings.clientID?.value
        case .salesforce(let settings): settings.clientID
        }
    }
}
