package import AuthService
package import BridgeCore
internal import BridgeCrypto

/// Judges what was typed, before anything is sent: each value by its form, and all of them together.
///
/// What was left out is taken from the stored connection, so that a new secret alone is enough (S2-31).
package struct DynamicsInput {
    let draft: DynamicsDraft
    let stored: Connection?
    let setup: DynamicsSetup
    let clients: DynamicsClients
    let now: Timestamp
    var problems = InputProblems()

    package init(
        _ draft: DynamicsDraft, over stored: Connection?, setup: DynamicsSetup, clients: DynamicsClients, now: Timestamp
    ) {
        self.draft = draft
        self.stored = stored
        self.setup = setup
        self.clients = clients
        self.now = now
    }

    /// The connection that would come of it.
    ///
    /// - Throws: `configuration_invalid` with everything that is wrong, by the members' names; `password_wrong` where
    ///   the stored credential is needed and cannot be opened.
    package consuming func candidate() throws(ConnectorError) -> DynamicsCandidate {
        let tenantID = guid("tenantId", draft.tenantID, stored: stored?.dynamics?.tenantID, named: Self.tenantName)
        let clientID = clientID(tenantID)
        let environment = environment()
        let (readAs, approval, algorithm) = (
            word(
                "readAs", draft.readAs, stored: stored?.dynamics?.readAs, standard: DynamicsSettings.ReadAs.application),
            word(
                "mailboxApproval", draft.mailboxApproval, stored: stored?.dynamics?.mailboxApproval,
                standard: MailboxApproval.required),
            word(
                "assertionAlgorithm", draft.assertionAlgorithm, stored: stored?.dynamics?.assertionAlgorithm,
                standard: AssertionAlgorithm.ps256)
        )
        let credential = try credential(clientID)
        guard problems.isEmpty, let tenantID, let environment, let readAs, let approval, let algorithm,
            let clientID, let credential
        else { throw problems.error }
        return DynamicsCandidate(
            settings: DynamicsSettings(
                tenantID: tenantID, clientID: clientID.own, environmentURL: environment.text, readAs: readAs,
                mailboxApproval: approval, assertionAlgorithm: algorithm),
            client: DynamicsClient(
                environment: environment,
                application: EntraApplication(
                    authority: setup.environments.authority(of: environment), tenantID: tenantID,
                    clientID: clientID.id, credential: credential.proof.signing(by: algorithm))),
            credential: credential.origin)
    }

    private static let tenantName = "Directory (tenant) ID"
    static let clientName = "Application (client) ID"

    /// The client, and whether it is the connection's own.
    struct ClientID {
        let id: GUID
        let isOwn: Bool

        var own: GUID? { isOwn ? id : nil }
    }
}

extension DynamicsInput {
    private mutating func clientID(_ tenantID: GUID?) -> ClientID? {
        let isOperators: Bool =
            switch draft.clientID {
            case .absent: stored == nil ? setup.operatorClient != nil : stored?.dynamics?.clientID == nil
            case .none: true
            case .text: false
            }
        if isOperators {
            guard let client = setup.operatorClient else {
                problems.note(
                    "clientId", "is missing, and the bridge has no registration of its own (dynamics__client_id)",
                    hint: "copy the \(Self.clientName) of the app registration from its Overview")
                return nil
            }
            return ClientID(id: client.clientID, isOwn: false)
        }
        guard let id = guid("clientId", draft.clientID, stored: stored?.dynamics?.clientID, named: Self.clientName)
        else {
            return nil
        }
        guard id != tenantID else {
            problems.note(
                "clientId", "is the same as tenantId",
                hint:
                    "the Overview of the app registration shows both: Application (client) ID and Directory (tenant) ID"
            )
            return nil
        }
        return ClientID(id: id, isOwn: true)
    }

    private mutating func guid(
        _ member: String, _ entry: DynamicsDraft.Entry, stored: GUID?, named name: String
    ) -> GUID? {
        let hint = "copy the \(name) of the app registration from its Overview"
        switch entry {
        case .absent:
            if stored == nil { problems.note(member, "is missing", hint: hint) }
            return stored
        case .none, .text(""):
            problems.note(member, "is empty", hint: hint)
            return nil
        case .text(let text):
            if let id = GUID(CopiedText.unwrapped(text)) { return id }
            problems.note(member, "\(quoted(text)) is no GUID", hint: hint)
            return nil
        }
    }

    private mutating func environment() -> EnvironmentURL? {
        do throws(ConnectorError) {
            switch draft.environmentURL {
            case .absent:
                guard let stored = stored?.dynamics else {
                    throw .environment("is missing", hint: EnvironmentURL.example)
                }
                return try EnvironmentURL(stored.environmentURL, rules: setup.environments)
            case .none: return try EnvironmentURL("", rules: setup.environments)
            case .text(let text): return try EnvironmentURL(text, rules: setup.environments)
            }
        } catch {
            problems.note("environmentUrl", error)
            return nil
        }
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ member: String, _ entry: DynamicsDraft.Entry, stored: Word?, standard: Word
    ) -> Word? {
        switch entry {
        case .absent: return stored ?? standard
        case .none: return standard
        case .text(let text):
            if let word = Word(rawValue: text) { return word }
            problems.note(
                member, "\(quoted(text)) is not known",
                hint: "write \(Word.allCases.map(\.rawValue).joined(separator: " or "))", fixedBy: .bridgeOperator)
            return nil
        }
    }
}
