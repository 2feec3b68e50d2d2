internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

extension SalesforceCandidate {
    /// Whom the bridge reads as, for people.
    var readerName: String {
        application.integrationUsername.map { quoted($0) } ?? "nobody"
    }

    /// The first stage, in words.
    var summary: String {
        let place =
            switch application.login.kind {
            case .production: "production"
            case .sandbox: "sandboxes"
            case .myDomain(let isSandbox): isSandbox ? "My Domain of a sandbox" : "My Domain"
            case .listed: "a host that the operator allows"
            }
        let reader =
            switch application.grant {
            case .assertion(_, let username): "\(quoted(username)) reads by JWT bearer"
            case .clientCredentials: "\(readerName) reads by client credentials"
            case nil: "agents' own tokens read"
            }
        let people =
            application.secret == nil ? "; no secret, so no Canvas, and web sign-in only if the app asks for none" : ""
        return "\(application.login) (\(place)), \(reader)\(people)"
    }

    /// A certificate whose end is not known is one that nobody is warned about.
    var warning: ConnectionStage.Warning? {
        guard application.key != nil else { return nil }
        switch credential {
        case .operators: return nil
        case .stored(let stored): if stored.key?.endsAt != nil { return nil }
        case .given(let credential, _): if credential.certificate?.notAfter != nil { return nil }
        }
        return ConnectionStage.Warning(
            "when the certificate of the key ends is not known, so nobody will be warned",
            hint: "send it as clientCertificate (--client-certificate-file)", fixedBy: .tenantAdministrator)
    }
}

extension ConnectionStage.Warning {
    /// Salesforce does not say whether the secret is the app's.
    static func secretOpen(_ why: String) -> ConnectionStage.Warning {
        ConnectionStage.Warning(
            "Salesforce does not say whether the consumer secret is the app's (\(why)): the first sign-in proves it",
            hint:
                "sign in once before you tell people, and compare the secret with the app's (Manage Consumer Details)",
            fixedBy: .tenantAdministrator)
    }

    /// Nobody has asked the org, so nobody has used the app.
    static func appOpen(_ organizationID: SalesforceID) -> ConnectionStage.Warning {
        ConnectionStage.Warning(
            "nobody has tried consumer key and secret, nor whether the login is that of the org \(organizationID.value): the "
                + "first sign-in proves them",
            hint: "sign in once before you tell people, or give an integration user, as whom the bridge can ask",
            fixedBy: .tenantAdministrator)
    }
}
