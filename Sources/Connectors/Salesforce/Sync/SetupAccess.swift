internal import AuthService

/// What permission sets give access to (`SetupEntityAccess`), in 16 bytes a row: old orgs have some 100,000 of them.
struct SetupAccess: Sendable {
    /// The id, with the place of the type in its last byte.
    private typealias Row = PersonKey

    private var types: [String] = []
    private var rows: [SalesforceID: [Row]] = [:]

    /// - Returns: `false` for what is no row of Salesforce's.
    mutating func add(_ id: SalesforceID, _ type: String, of parent: SalesforceID) -> Bool {
        let place = types.firstIndex(of: type) ?? types.count
        guard let key = PersonKey(salesforceID: id), let mark = UInt8(exactly: place) else { return false }
        if place == types.count { types.append(type) }
        rows[parent, default: []].append(Row(high: key.high, low: key.low | UInt64(mark)))
        return true
    }

    var isEmpty: Bool { rows.isEmpty }

    /// The custom permissions that a set gives, or takes away.
    func customPermissions(of parent: SalesforceID) -> Set<SalesforceID> {
        Set((rows[parent] ?? []).filter { type(of: $0) == "CustomPermission" }.compactMap(\.salesforceID))
    }

    /// Reads sets that have something in common with others.
    struct Overlap {
        private let access: SetupAccess
        private let rows: Set<PersonKey>

        /// - Parameter parents: the others.
        init(_ access: SetupAccess, with parents: [SalesforceID]) {
            self.access = access
            rows = parents.reduce(into: []) { $0.formUnion(access.rows[$1] ?? []) }
        }

        /// What a set has in common with the others, and how much it gives access to besides.
        func content(of parent: SalesforceID) -> (common: Set<OrgPermissionSet.Entry>, otherCount: Int) {
            let all = Set(access.rows[parent] ?? [])
            let common = all.intersection(rows)
            let others = all.subtracting(common).filter { access.type(of: $0) != OrgPermissionSet.connectedApplication }
            return (Set(common.compactMap(access.entry)), others.count)
        }
    }

    private func type(of row: Row) -> String {
        let place = Int(row.low & 0xff)
        return types.indices.contains(place) ? types[place] : ""
    }

    private func entry(_ row: Row) -> OrgPermissionSet.Entry? {
        row.salesforceID.map { OrgPermissionSet.Entry(type: type(of: row), id: $0) }
    }
}
