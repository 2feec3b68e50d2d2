internal import AuthService
internal import BridgeCore

/// Reads who is assigned what rules ask for: assignments that are active and have not ended.
struct SalesforceAssignmentsReader {
    let client: SalesforceClient
    /// The user who asks: every one sees assignments of their own.
    let integrationUser: SalesforceID
    let now: Timestamp

    /// Ids in one question: a URL may have 16 KiB.
    static let largestCount = 200

    /// Everybody who has something that is wanted.
    ///
    /// - Throws: `security_role_missing` where nobody else has any assignment at all: each user has one to the profile's set.
    func read(into holders: inout SalesforceHolders) async throws {
        var isEmpty = true
        for (column, kinds) in [("PermissionSetId", [.set, .profile]), ("PermissionSetGroupId", [.group])]
            as [(String, Set<SalesforceSets.Assignable.Kind>)]
        {
            let ids = holders.wanted.filter { kinds.contains($0.kind) }.map(\.id)
            for chunk in ids.chunks(of: Self.largestCount) {
                try await forEachPage(column, chunk) { rows in
                    isEmpty = isEmpty && rows.isEmpty
                    holders.add(assignments(rows))
                }
            }
        }
        let others: SOQL =
            "SELECT AssigneeId FROM PermissionSetAssignment WHERE AssigneeId != \(integrationUser) LIMIT 1"
        if isEmpty, try await client.query(others).isEmpty {
            throw ConnectorError.seesNothing("PermissionSetAssignment", client)
        }
    }

    /// What these people have, whatever it is worth.
    func assignments(of people: [SalesforceID]) async throws -> [(key: PersonKey, id: SalesforceID)] {
        var all: [(key: PersonKey, id: SalesforceID)] = []
        for chunk in people.chunks(of: Self.largestCount) {
            try await forEachPage("AssigneeId", chunk) { all += assignments($0) }
        }
        return all
    }

    /// Those of these people whose assignments are shown: everybody has one, to the set that the profile owns.
    func shown(among people: [SalesforceID]) async throws -> Set<PersonKey> {
        var shown: Set<PersonKey> = []
        for chunk in people.chunks(of: Self.largestCount) {
            let query: SOQL =
                """
                SELECT AssigneeId FROM PermissionSetAssignment \
                WHERE AssigneeId IN \(chunk) AND PermissionSet.IsOwnedByProfile = true
                """
            try await client.forEachPage(query) { rows in
                shown.formUnion(
                    rows.compactMap { $0.id("AssigneeId").flatMap(PersonKey.init(salesforceID:)) })
            }
        }
        return shown
    }

    private func forEachPage(
        _ column: String, _ ids: [SalesforceID], _ body: ([JSONValue]) async throws -> Void
    ) async throws {
        try await client.askingWhatIsRevoked { last in
            try await client.forEachPage(Self.query(column, ids, last), body)
        }
    }

    /// - Parameter last: what the columns end with.
    private static func query(_ column: String, _ ids: [SalesforceID], _ last: SOQL) -> SOQL {
        let columns: SOQL = "AssigneeId, PermissionSetId, PermissionSetGroupId, ExpirationDate\(last)"
        // As `AssignmentTerm` has it; most rows are of sets that need no activation, and carry nothing that says so.
        let inForce: SOQL =
            """
            IsActive = true AND PermissionSet.HasActivationRequired = false \
            AND (PermissionSetGroupId = null OR PermissionSetGroup.HasActivationRequired = false)
            """
        let start: SOQL = "SELECT \(columns) FROM PermissionSetAssignment WHERE \(inForce) AND"
        return switch column {
        case "AssigneeId": "\(start) AssigneeId IN \(ids)"
        case "PermissionSetGroupId": "\(start) PermissionSetGroupId IN \(ids)"
        default: "\(start) PermissionSetId IN \(ids)"
        }
    }

    private func assignments(_ rows: [JSONValue]) -> [(key: PersonKey, id: SalesforceID)] {
        rows.compactMap { row in
            guard let person = row.id("AssigneeId").flatMap(PersonKey.init(salesforceID:)),
                let id = row.id("PermissionSetGroupId") ?? row.id("PermissionSetId"),
                AssignmentTerm(row).isInForce(at: now)
            else { return nil }
            return (person, id)
        }
    }
}
