internal import AuthService
internal import BridgeCore

/// Reads rows of users, with what other objects say of the same people.
struct SalesforceUserRows {
    let client: SalesforceClient
    /// The user who asks: every one sees a row of their own.
    let integrationUser: SalesforceID

    private static let columns: SOQL =
        "Id, Username, Email, Name, IsActive, UserType, ProfileId, Profile.Name, SystemModstamp"

    /// A row of `User`, with what `UserLogin` and `TwoFactorMethodsInfo` say of the user.
    struct Row: Sendable {
        let id: SalesforceID
        let key: PersonKey
        let value: JSONValue
        /// `nil` where the integration user may not see it.
        var isFrozen: Bool?
        /// `nil` where nothing says so.
        var isVerified: Bool?

        var modifiedAt: Timestamp? { value["SystemModstamp"]?.stringValue.flatMap { Timestamp(salesforce: $0) } }
    }

    /// Everybody.
    ///
    /// - Throws: `security_role_missing` where `User` or `TwoFactorMethodsInfo` shows nothing at all.
    func readAll(_ page: ([Row], Int) async throws -> Void) async throws {
        let frozen = try await allFrozen()
        var verified = Verified()
        try await client.forEachPage("SELECT UserId, HasUserVerifiedEmailAddress FROM TwoFactorMethodsInfo") {
            verified.add($0)
        }
        guard !verified.isEmpty else { throw ConnectorError.seesNothing("TwoFactorMethodsInfo", client) }
        var isEmpty = true
        try await client.forEachPage("SELECT \(Self.columns) FROM User") { values in
            isEmpty = isEmpty && values.isEmpty
            let rows = rows(values) { row in
                row.isFrozen = frozen.map { $0[row.key] ?? false }
                row.isVerified = verified[row.key]
            }
            try await page(rows, values.count)
        }
        if isEmpty { throw ConnectorError.seesNothing("User", client) }
    }

    /// Those whose rows, of `User` or of `UserLogin`, were modified since then.
    func readModified(since time: Timestamp, _ page: ([Row], Int) async throws -> Void) async throws {
        var seen: Set<PersonKey> = []
        try await client.forEachPage("SELECT \(Self.columns) FROM User WHERE SystemModstamp >= \(time)") {
            values in
            let rows = rows(values)
            seen.formUnion(rows.map(\.key))
            for chunk in rows.chunks(of: SalesforceAssignmentsReader.largestCount) {
                try await page(try await completed(chunk), chunk.count)
            }
        }
        let logins = try await frozen("SELECT UserId, IsFrozen FROM UserLogin WHERE LastModifiedDate >= \(time)") ?? [:]
        let others = logins.keys.filter { !seen.contains($0) }.sorted().compactMap(\.salesforceID)
        for chunk in others.chunks(of: SalesforceAssignmentsReader.largestCount) {
            let rows = try await read(chunk)
            try await page(rows, rows.count)
        }
    }

    /// These people.
    func read(_ ids: [SalesforceID]) async throws -> [Row] {
        guard !ids.isEmpty else { return [] }
        return try await completed(rows(try await client.query("SELECT \(Self.columns) FROM User WHERE Id IN \(ids)")))
    }

    /// Asks the other two objects about some people.
    private func completed(_ rows: [Row]) async throws -> [Row] {
        guard !rows.isEmpty else { return [] }
        let ids = rows.map(\.id)
        let frozen = try await frozen("SELECT UserId, IsFrozen FROM UserLogin WHERE UserId IN \(ids)")
        var verified = Verified()
        verified.add(
            try await client.query(
                "SELECT UserId, HasUserVerifiedEmailAddress FROM TwoFactorMethodsInfo WHERE UserId IN \(ids)"))
        if verified.isEmpty, try await client.query("SELECT UserId FROM TwoFactorMethodsInfo LIMIT 1").isEmpty {
            throw ConnectorError.seesNothing("TwoFactorMethodsInfo", client)
        }
        return rows.map { row in
            var row = row
            // Every user has a row: none is a right that is missing.
            row.isFrozen = frozen.flatMap { $0[row.key] }
            row.isVerified = verified[row.key]
            return row
        }
    }

    /// All who are frozen; `nil` where the integration user may not see it. Nobody at all may mean that, too.
    private func allFrozen() async throws -> [PersonKey: Bool]? {
        let frozen = try await frozen("SELECT UserId, IsFrozen FROM UserLogin WHERE IsFrozen = true")
        guard let frozen, frozen.isEmpty else { return frozen }
        let others = try await self.frozen(
            "SELECT UserId, IsFrozen FROM UserLogin WHERE UserId != \(integrationUser) LIMIT 1")
        return others?.isEmpty == false ? frozen : nil
    }

    /// Who is frozen by what a query finds; `nil` where the integration user may not see `UserLogin`.
    private func frozen(_ query: SOQL) async throws -> [PersonKey: Bool]? {
        var found: [PersonKey: Bool] = [:]
        do {
            try await client.forEachPage(query) { rows in
                for row in rows {
                    guard let key = row.userKey else { continue }
                    found[key] = row["IsFrozen"]?.boolValue ?? false
                }
            }
        } catch let error as ConnectorError where error.code == .securityRoleMissing {
            return nil
        }
        return found
    }

    private func rows(_ values: [JSONValue], _ complete: (inout Row) -> Void = { _ in }) -> [Row] {
        values.compactMap { value in
            guard let id = value.id("Id"), let key = PersonKey(salesforceID: id) else { return nil }
            var row = Row(id: id, key: key, value: value)
            complete(&row)
            return row
        }
    }

    /// Whose address was verified, in a few bytes a person.
    private struct Verified {
        private var yes: Set<PersonKey> = []
        private var no: Set<PersonKey> = []

        var isEmpty: Bool { yes.isEmpty && no.isEmpty }

        mutating func add(_ rows: [JSONValue]) {
            for row in rows {
                guard let key = row.userKey, let isVerified = row["HasUserVerifiedEmailAddress"]?.boolValue else {
                    continue
                }
                if isVerified { yes.insert(key) } else { no.insert(key) }
            }
        }

        subscript(key: PersonKey) -> Bool? { yes.contains(key) ? true : no.contains(key) ? false : nil }
    }
}

extension JSONValue {
    fileprivate var userKey: PersonKey? { id("UserId").flatMap(PersonKey.init(salesforceID:)) }
}
