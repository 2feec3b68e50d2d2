internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    private static let root = PathTemplate("/api/1/tenants")
    private static let one = PathTemplate("/api/1/tenants/{license}")

    /// Tenants and their documents.
    static let tenants = [
        Operation(
            spec: OperationSpec(
                id: "listTenants", method: .get, path: root, summary: "List all tenants", need: .instance,
                query: QueryParameter.paging, answers: [.list("Tenants in order of their license", "TenantSummary")])
        ) { call in
            let limit = try call.query.limit()
            let position = try call.position("listTenants")
            let last = try position.map { text throws(RequestRefusal) in
                guard let license = License(text) else { throw ListCursor.malformed }
                return license
            }
            let tenants = try await call.store.tenants(after: last, limit: limit + 1)
            return ListPage("listTenants", tenants, limit: limit, position: \.license.value)
                .answer { tenant, writer in writer.object { tenant.writeSummaryMembers(to: &$0) } }
        },
        Operation(
            spec: OperationSpec(
                id: "createTenant", method: .post, path: root, summary: "Add a tenant, named by its license key",
                need: .instance, body: .json(.named("TenantRequest")),
                answers: [.made("The tenant as it starts", .named("Tenant"), isVersioned: true)],
                problems: [.init(.configurationInvalid), .init(.conflict)])
        ) { call in
            let request = try TenantRequest(call.content.value)
            let tenant = Tenant(license: request.license, name: request.name, createdAt: call.now)
            let version = try await call.store.insert(tenant, audit: call.stamp)
            call.directory.invalidate(tenant.license)
            return .tenant(TenantDocument(tenant), version: version, isNew: true)
        },
        Operation(
            spec: OperationSpec(
                id: "getTenant", method: .get, path: one, summary: "The document of a tenant", need: .tenant,
                answers: [.versioned("The tenant document", .named("Tenant"))], problems: [.init(.notFound)])
        ) { call in
            let tenant = try await call.tenant()
            return .tenant(TenantDocument(tenant), version: tenant.version)
        },
        Operation(
            spec: OperationSpec(
                id: "applyTenant", method: .put, path: one,
                summary: "Make a tenant what the document says; its rule tests run first", need: .tenant,
                body: .json(.named("TenantDocument")), isConditional: true,
                answers: [
                    .versioned("The document as it is now", .named("Tenant")),
                    .made("The tenant was added", .named("Tenant"), isVersioned: true),
                ],
                problems: [.init(.configurationInvalid), .init(.notFound)]), run: apply),
        Operation(
            spec: OperationSpec(
                id: "removeTenant", method: .delete, path: one,
                summary: "Remove a tenant with its keys, accounts, decisions and API tokens", need: .instance,
                isConditional: true, answers: [.nothing("The tenant is gone")], problems: [.init(.notFound)])
        ) { call in
            try await TenantUpdate(call).remove(try await call.tenant())
            return .nothing
        },
    ]

    private static func apply(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        let license = try call.license
        let document = try TenantDocument(call.content.value)
        guard document.license == license else {
            throw DocumentError(at: "license", "is another one than in the path", hint: "write \(license)")
        }
        guard let tenant = try await call.store.tenant(license) else {
            // To add one is the operator's alone.
            try call.access.require(.administerInstance)
            return .tenant(document, version: try await TenantUpdate(call).add(document), isNew: true)
        }
        return .tenant(document, version: try await TenantUpdate(call).write(document, over: tenant))
    }
}

extension AdministrationAnswer {
    /// The document of a tenant with its version.
    fileprivate static func tenant(
        _ document: TenantDocument, version: Int64, isNew: Bool = false
    ) -> AdministrationAnswer {
        let answer = object(isNew ? .created : .ok) { document.writeMembers(to: &$0) }.version(version)
        return isNew ? answer.location("/api/1/tenants/\(document.license)") : answer
    }
}
