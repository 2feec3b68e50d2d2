internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// What an operation is given: who calls, for which tenant, with what.
struct AdministrationCall: Sendable {
    let services: AdministrationServices
    let access: Access
    let caller: Caller
    let now: Timestamp
    /// The values in the path.
    let parameters: [String: String]
    let query: QueryValues
    let content: RequestContent
    let condition: VersionCondition?

    var store: any Store { services.store }

    /// What changes are written into the audit trail with.
    var stamp: AuditStamp { AuditStamp(access.actor(requestID: caller.requestID), at: now) }

    /// The tenant in the path.
    ///
    /// - Throws: `not_found` for a text that can be no license: whoever gets here may see every tenant.
    var license: License {
        get throws(StoreError) {
            let text = parameters["license"] ?? ""
            guard let license = License(text) else { throw .noTenant(quoted(text)) }
            return license
        }
    }

    /// What the store holds of the tenant in the path; `not_found` without one.
    func tenant() async throws(StoreError) -> Tenant {
        let license = try license
        guard let tenant = try await store.tenant(license) else { throw .noTenant(license.value) }
        return tenant
    }

    /// The license of a tenant that is there.
    func knownLicense() async throws(StoreError) -> License { try await tenant().license }

    /// The position in the query's cursor, for the list that the operation `list` answers.
    func position(_ list: String) throws(RequestRefusal) -> String? {
        guard let cursor = try query.text("cursor") else { return nil }
        return try ListCursor.position(cursor, of: list)
    }

    /// What memory holds, to be told of every change, so that the next request meets it.
    var directory: LoginDirectory { services.directory }
}

extension StoreError {
    /// What is said of a license that nobody has here.
    static func noTenant(_ license: String) -> StoreError {
        StoreError(.notFound, "there is no tenant \(license)", hint: "the operator adds it: POST /api/1/tenants")
    }
}
