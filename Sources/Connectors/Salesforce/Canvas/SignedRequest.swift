package import AuthService
package import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// What Salesforce has vouched for: which user of which org has opened the canvas, and a token of the user's.
///
/// Only `UnverifiedSignedRequest.verified` makes one. It says nothing of whether the address was verified.
package struct SignedRequest: Sendable {
    /// SHA-256 of its MAC, as base64url: what is kept of it so that it is good for once.
    package let id: String
    package let issuedAt: Timestamp
    package let organizationID: SalesforceID
    package let userID: SalesforceID
    /// The token for the org's API and UserInfo.
    package let token: Secret
    /// Where the token counts, as it was written (`client.instanceUrl`).
    let instanceURL: String
    /// Whose page shows the canvas, as it was written (`client.targetOrigin`).
    let targetOrigin: String?
    /// The canvas app that it was signed for.
    package let application: CanvasApplication

    /// How long one is good for, in seconds: the format itself knows no end.
    package static let lifetime: Int64 = 300
    /// How far its time may lie ahead, in seconds: the clocks of two machines differ.
    package static let clockSkew: Int64 = 60

    init(_ value: JSONValue, id: SHA256Digest) throws(ConnectorError) {
        guard let algorithm = value["algorithm"]?.stringValue else { throw .missing("algorithm") }
        guard algorithm.uppercased() == "HMACSHA256" else {
            throw ConnectorError(
                .algorithmNotAllowed, "algorithm of signed_request is \(quoted(algorithm)), not HMACSHA256",
                hint: "Canvas signs with HMACSHA256; look at what posts to the bridge", fixedBy: .tenantAdministrator)
        }
        let (client, context) = (value["client"], value["context"])
        self.id = Base64URL.encode(id.bytes)
        issuedAt = try Self.time(value["issuedAt"])
        organizationID = try Self.id(context?["organization"]?["organizationId"], "organizationId", "00D")
        userID = try Self.user(value["userId"], context?["user"]?["userId"])
        application = try CanvasApplication(context?["application"])
        guard let token = client?["oauthToken"]?.stringValue, !token.isEmpty,
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .missing("client.oauthToken") }
        self.token = Secret(Array(token.utf8))
        guard let instance = client?["instanceUrl"]?.stringValue else { throw .missing("client.instanceUrl") }
        instanceURL = instance
        targetOrigin = client?["targetOrigin"]?.stringValue
    }

    /// Seconds or milliseconds since 1970: nothing says which, and their magnitudes do not meet before the year 5138.
    private static func time(_ value: JSONValue?) throws(ConnectorError) -> Timestamp {
        guard let number = value?.integerValue ?? value?.stringValue.flatMap({ Int64($0) }) else {
            throw .missing("issuedAt")
        }
        return number < 100_000_000_000 ? Timestamp(seconds: number) : Timestamp(milliseconds: number)
    }

    private static func user(_ first: JSONValue?, _ second: JSONValue?) throws(ConnectorError) -> SalesforceID {
        let id = try id(first ?? second, "userId", "005")
        guard try Self.id(second ?? first, "context.user.userId", "005") == id else {
            throw ConnectorError(
                .claimInvalid, "userId and context.user.userId of signed_request are two users",
                hint: "look at what posts to the bridge", fixedBy: .tenantAdministrator)
        }
        return id
    }

    /// - Parameter prefix: what the id begins with; nothing for what Salesforce does not say it of.
    static func id(
        _ value: JSONValue?, _ name: String, _ prefix: String = ""
    ) throws(ConnectorError) -> SalesforceID {
        guard let text = value?.stringValue else { throw .missing(name) }
        guard text.hasPrefix(prefix), let id = SalesforceID(text) else {
            throw ConnectorError(
                .claimInvalid,
                "\(name) of signed_request is no id\(prefix.isEmpty ? "" : " that begins with \(prefix)")",
                hint: "look at what posts to the bridge", fixedBy: .tenantAdministrator)
        }
        return id
    }
}

extension SignedRequest {
    /// Judges its age.
    ///
    /// - Throws: `token_expired`, `token_not_yet_valid`.
    package func checkAge(now: Timestamp) throws(ConnectorError) {
        let clock =
            "reload the page in Salesforce; if that does not help, check the clock of the machine that the bridge "
            + "runs on"
        guard now < issuedAt.adding(seconds: Self.lifetime) else {
            throw ConnectorError(
                .tokenExpired, "signed_request is of \(issuedAt), and it is \(now): it is good for five minutes",
                hint: clock, fixedBy: .agent)
        }
        guard issuedAt <= now.adding(seconds: Self.clockSkew) else {
            throw ConnectorError(
                .tokenNotYetValid, "signed_request is of \(issuedAt), and it is \(now)", hint: clock,
                fixedBy: .bridgeOperator)
        }
    }

    /// The token with where it counts.
    ///
    /// - Parameter application: the id of the connected canvas app; `nil` where nobody has said which that is.
    /// - Throws: `organization_mismatch` for another org than the connected one, `claim_invalid` for another application,
    ///   and for a host that may not be sent tokens.
    package func session(
        ofOrganization connected: SalesforceID, application expected: SalesforceID?, hosts: SalesforceHosts
    ) throws(ConnectorError) -> SalesforceSession {
        let text = instanceURL.hasSuffix("/") ? String(instanceURL.dropLast()) : instanceURL
        guard let instance = WebOrigin(text), hosts.allows(instance) else {
            throw ConnectorError(
                .claimInvalid, "client.instanceUrl of signed_request is none of Salesforce's hosts",
                hint: "a host of the operator's own has to be listed in salesforce__allowed_hosts",
                fixedBy: .bridgeOperator)
        }
        guard organizationID == connected else { throw .organizationMismatch(identity, connected) }
        guard application.id == expected ?? application.id else { throw .otherApplication(application, expected) }
        return SalesforceSession(
            token: AccessToken(token, expiresAt: nil), instance: instance, identity: identity)
    }

    /// The org and the user that opened the canvas.
    package var identity: SalesforceIdentity { SalesforceIdentity(organizationID: organizationID, userID: userID) }

    /// Whose pages may show the answer in a frame: the org's own, and the one that opened the canvas.
    package func frameOrigins(hosts: SalesforceHosts) -> [WebOrigin] {
        let text = instanceURL.hasSuffix("/") ? String(instanceURL.dropLast()) : instanceURL
        var origins = WebOrigin(text).filter(hosts.allows).map(OrgPages.origins) ?? []
        if let target = targetOrigin.flatMap({ WebOrigin($0) }), OrgPages.isPage(target, hosts: hosts),
            !origins.contains(target)
        {
            origins.append(target)
        }
        return origins
    }
}

extension WebOrigin? {
    fileprivate func filter(_ isGood: (WebOrigin) -> Bool) -> WebOrigin? { flatMap { isGood($0) ? $0 : nil } }
}

extension ConnectorError {
    fileprivate static func otherApplication(
        _ application: CanvasApplication, _ expected: SalesforceID?
    ) -> ConnectorError {
        ConnectorError(
            .claimInvalid,
            "another canvas app than the connected one: \(application), not \(expected?.value ?? "")",
            hint: "an app that was installed anew has another id: save the connection with the one above "
                + "(canvasApplicationId), if that is your app", fixedBy: .tenantAdministrator)
    }

    static func missing(_ name: String) -> ConnectorError {
        ConnectorError(
            .claimMissing, "signed_request has no \(name)",
            hint: "look at what posts to the bridge: Canvas writes it", fixedBy: .tenantAdministrator)
    }
}
