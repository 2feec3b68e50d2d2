package import AuthService
package import BridgeCore

extension SalesforceJudge {
    /// What a login of a user of the org would come to now, also of one who has never signed in.
    ///
    /// - Parameter text: the user's username, or an address that one user has.
    /// - Returns: `nil` where the org has no such user.
    /// - Throws: `conflict` where several users have the address; `connection_missing` for a connection without an
    ///   integration user, who alone can ask about others; `connection_unvalidated`; what keeps the org from being asked.
    package func judge(
        userCalled text: String, through connection: Connection, by policy: AccessPolicy, now: Timestamp
    ) async throws(ConnectorError) -> Judgement? {
        let question = try question(connection, policy, now: now)
        let found = try await people.find(text, question)
        guard let found else { return nil }
        var trace = FullTrace()
        trace.note(.connection, .passed, "\(connection.id), \(found.instance), asked by the integration user")
        if let note = found.note { trace.note(.user, .warning, note) }
        return judge(found.answer, by: policy, now: now, trace)
    }
}

extension SalesforcePeople {
    /// What an org says of a user, and where.
    struct Found: Sendable {
        let answer: Answer
        let instance: WebOrigin
        /// What is odd about the user's verification; `nil` for nothing.
        let note: String?
    }

    /// What the org says of the user whose username or address is `text`, as its integration user sees it now.
    fileprivate func find(_ text: String, _ question: Question) async throws(ConnectorError) -> Found? {
        try await tokens.using(question.application) { session throws(ConnectorError) in
            let client = SalesforceClient(sender: sender, session: session)
            let organization = question.settings.organizationID
            var rows = try await client.query(KnownPerson.query(text))
            if rows.count == KnownPerson.largestCount {
                rows += try await client.query(KnownPerson.query(ofUsername: text))
            }
            let users = rows.compactMap { KnownPerson($0, of: organization) }
            guard var person = try Self.one(of: users, called: text) else { return nil }
            let note = try await readVerification(of: &person, by: client)
            return Found(
                answer: try await answer(question, person, as: session, .strong), instance: session.instance,
                note: note)
        }
    }

    /// The user who is meant: the one with the username, else the only one who could sign in, else the only one.
    private static func one(of users: [KnownPerson], called text: String) throws(ConnectorError) -> KnownPerson? {
        if let named = users.first(where: { $0.username?.lowercased() == text.lowercased() }) { return named }
        let active = users.filter { $0.isActive == true }
        let meant = active.isEmpty ? users : active
        guard meant.count > 1 else { return meant.first }
        let names = meant.prefix(10).compactMap(\.username).map { quoted($0) }.joined(separator: ", ")
        throw ConnectorError(
            .conflict, "\(meant.count) users of the org have the address \(quoted(text)): \(names)",
            hint: "name one by the username")
    }

    /// Whether Salesforce has verified the address, which UserInfo says to the user alone.
    ///
    /// - Returns: that the user has no row that would say it, where others have one.
    private func readVerification(
        of person: inout KnownPerson, by client: SalesforceClient
    ) async throws(ConnectorError) -> String? {
        let id = person.userID
        let rows = try await readable { () throws(ConnectorError) in
            let own = try await client.query(
                "SELECT HasUserVerifiedEmailAddress FROM TwoFactorMethodsInfo WHERE UserId = \(id)")
            guard own.isEmpty else { return own }
            // A right that is missing may show as no rows.
            let others = try await client.query("SELECT UserId FROM TwoFactorMethodsInfo LIMIT 1")
            if others.isEmpty { throw .unreadable("the org does not say who has verified an address", .multiFactor) }
            return own
        }
        person.emailVerified = rows?.first?["HasUserVerifiedEmailAddress"]?.boolValue
        guard let rows else {
            person.unreadable.insert(.emailVerified)
            return nil
        }
        return rows.isEmpty ? "TwoFactorMethodsInfo has no row of the user, so nobody knows of a verified address" : nil
    }
}
