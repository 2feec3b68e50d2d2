internal import AuthService
internal import BridgeCore

/// Reads who is assigned what rules ask for: assignments that are active and have not ended.
struct SalesforceAssignmentsReader {
    let client: SalesforceClient
    let now: Timestamp

    /// Ids in one question: a URL may have 16 KiB.
    static let largestCount = 200

    /// Everybody who has something that is wanted.
    ///
    /// - Throws: `security_role_missing` where nobody has any assignment at all: each user has one to the profile's set.
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
        if isEmpty, try await client.query("SELECT Id FROM PermissionSetAssignment LIMIT 1").isEmpty {
            throw ConnectorError.seesNothing("PermissionSetAssignment", client)
        }
    }

    /// What these people have.
    func read(of people: [SalesforceID], into holders: inout SalesforceHolders) async throws {
        for chunk in people.chunks(of: Self.largestCount) {
            try await forEachPage("AssigneeId", chunk) { holders.add(assignments($0)) }
        }
    }

    private func forEachPage(
        _ column: String, _ ids: [SalesforceID], _ body: ([JSONValue]) async throws -> Void
    ) async throws {
        try await client.askingWhatIsRevoked { last in
            try await client.forEachPage(Self.query(column, ids, last), pause: {}, body)
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
            guard let person = row.salesforceID("AssigneeId").flatMap(PersonKey.init(salesforceID:)),
                let id = row.salesforceID("PermissionSetGroupId") ?? row.salesforceID("PermissionSetId"),
                AssignmentTerm(row).isInForce(at: now)
            else { return nil }
            return (person, id)
        }
    }
}

extension Array {
    /// The elements in their order, at most `count` together.
    func chunks(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
