package import AuthService
package import BridgeCore

/// Judges what was typed, before anything is sent: each value by its form, and all of them together.
///
/// What was left out is taken from the stored connection, so that a new secret or a new key alone is enough.
package struct SalesforceInput {
    let draft: SalesforceDraft
    let stored: Connection?
    let setup: SalesforceSetup
    let clients: SalesforceClients
    let now: Timestamp
    var problems = InputProblems()

    package init(
        _ draft: SalesforceDraft, over stored: Connection?, setup: SalesforceSetup, clients: SalesforceClients,
        now: Timestamp
    ) {
        self.draft = draft
        self.stored = stored
        self.setup = setup
        self.clients = clients
        self.now = now
    }

    /// What is stored, where the connection is there and one to Salesforce.
    var known: SalesforceSettings? { stored?.salesforce }

    /// The connection that would come of it.
    ///
    /// - Throws: `configuration_invalid` with everything that is wrong, by the members' names; `password_wrong` where
    ///   the stored credential is needed and cannot be opened.
    package consuming func candidate() throws(ConnectorError) -> SalesforceCandidate {
        let login = login()
        let clientID = clientID()
        let username = integrationUsername()
        let organizationID = organizationID()
        let canvasApplicationID = canvasApplicationID()
        let credential = try credential(clientID)
        if let credential { check(credential, username: username, organizationID, at: login) }
        guard problems.isEmpty, let login, let clientID, let credential else { throw problems.error }
        return SalesforceCandidate(
            application: SalesforceApplication(
                login: login, clientID: clientID.value, secret: credential.proof.secret, key: credential.proof.key,
                integrationUsername: username),
            isOwnClient: clientID.isOwn, organizationID: organizationID, canvasApplicationID: canvasApplicationID,
            credential: credential.origin)
    }

    /// The consumer key, and whether it is the connection's own.
    struct ClientID {
        let value: String
        let isOwn: Bool
    }

    private mutating func login() -> SalesforceLogin? {
        let text: String
        switch draft.loginURL {
        case .absent: text = known?.loginURL ?? setup.standardLogin
        case .none: text = setup.standardLogin
        case .text(let given): text = given
        }
        do throws(ConnectorError) {
            return try SalesforceLogin(text, hosts: setup.hosts)
        } catch {
            problems.note("loginUrl", error)
            return nil
        }
    }

    /// What has to fit together: who reads, with what, and where.
    private mutating func check(
        _ credential: Credential, username: String?, _ organizationID: SalesforceID?, at login: SalesforceLogin?
    ) {
        if credential.proof.key != nil, username == nil {
            problems.note(
                "integrationUsername", "is missing, whom the key gets tokens for",
                hint: "give the username of the integration user, which looks like an e-mail address")
        }
        if credential.proof.key == nil, username != nil, let login, !login.isOrgsOwn {
            problems.note(
                "loginUrl", "\(login) takes no client credentials, by which the integration user reads without a key",
                hint: "give the My Domain of the org, or a private key (clientKey) whose certificate the app has")
        }
        if username == nil, credential.proof.key == nil, organizationID == nil {
            problems.note(
                "organizationId", "is missing, and no integration user can be asked for it", hint: Self.organizationHint
            )
        }
    }
}
