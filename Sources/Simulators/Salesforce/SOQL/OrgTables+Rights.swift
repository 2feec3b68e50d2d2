import BridgeCore

extension OrgTables {
    /// Any of these lets a user read who has which permission set.
    private static let assignmentRights: Set = ["ViewSetup", "AssignPermissionSets", "ManageUsers"]

    /// Whether `object` exists for a user with these rights.
    ///
    /// - Throws: `INVALID_TYPE`.
    func checkRights(to object: SObject, _ rights: Set<String>) throws(SalesforceAPIError) {
        switch object {
        case .access, .customPermission: guard rights.contains("ViewSetup") else { throw .unknownType(object.rawValue) }
        case .twoFactorMethodsInfo:
            guard rights.contains("TwoFactorApi") else { throw .unknownType(object.rawValue) }
        // "To access this object, you need the UserPermissions.ManageUsers permission" (Object Reference, UserLogin).
        case .userLogin: guard rights.contains("ManageUsers") else { throw .unknownType(object.rawValue) }
        default: break
        }
    }

    /// Whether a user with these rights gets rows of `object`; without them there are none, and nothing says why.
    func mayRead(_ object: SObject, _ rights: Set<String>) -> Bool {
        switch object {
        case .assignment, .permissionSet, .group, .component:
            !rights.isDisjoint(with: Self.assignmentRights)
        default: true
        }
    }

    /// The condition with its sub-selects carried out.
    ///
    /// - Throws: `INVALID_TYPE` for an object of one that the caller must not see.
    func resolved(
        _ condition: SOQLCondition, _ rights: Set<String>
    ) throws(SalesforceAPIError) -> SOQLCondition {
        switch condition {
        case .all(let conditions): return .all(try resolved(conditions, rights))
        case .any(let conditions): return .any(try resolved(conditions, rights))
        case .not(let condition): return .not(try resolved(condition, rights))
        case .select(let path, var query, let isNegated):
            try checkRights(to: query.object, rights)
            query.filter = try query.filter.map { inner throws(SalesforceAPIError) in try resolved(inner, rights) }
            let rows = mayRead(query.object, rights) ? rows(query) : .list([])
            var values: Set<SOQLValue> = []
            for index in 0..<rows.count {
                guard let row = row(query.object, rows[index]) else { continue }
                values.insert(value(row, query.select[0]))
            }
            values.remove(.null)
            return .among(path, values, isNegated: isNegated)
        case .compare, .like, .among: return condition
        }
    }

    private func resolved(
        _ conditions: [SOQLCondition], _ rights: Set<String>
    ) throws(SalesforceAPIError) -> [SOQLCondition] {
        var result: [SOQLCondition] = []
        for condition in conditions { result.append(try resolved(condition, rights)) }
        return result
    }
}
