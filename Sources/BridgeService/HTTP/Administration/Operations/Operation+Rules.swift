internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    private static let rulesPath = PathTemplate("/api/1/tenants/{license}/rules")
    private static let mappingPath = PathTemplate("/api/1/tenants/{license}/recordMapping")

    /// The parts of a tenant document that change most: they have the document's version.
    static let rules = [
        Operation(
            spec: OperationSpec(
                id: "getRules", method: .get, path: rulesPath, summary: "Rules and rule tests of a tenant",
                need: .tenant, answers: [.versioned("Rules and rule tests", .named("Rules"))],
                problems: [.init(.notFound)])
        ) { call in
            let tenant = try await call.tenant()
            return .rules(tenant, proposals: try await call.store.clones(of: tenant).proposals)
        },
        Operation(
            spec: OperationSpec(
                id: "putRules", method: .put, path: rulesPath,
                summary: "Replace the rules of a tenant, and its rule tests where they are sent; the tests run first",
                need: .tenant, body: .json(.any([.named("RulesUpdate"), .array(.named("Rule"))])),
                isConditional: true, answers: [.versioned("Rules and rule tests as they are now", .named("Rules"))],
                problems: [.init(.configurationInvalid), .init(.notFound)])
        ) { call in
            let value = call.content.value
            // The list alone is what the member of the tenant document holds.
            let isList = value.arrayValue != nil
            let proposal = try RuleProposal(
                isList ? .object([JSONMember(name: "rules", value: value)]) : value.withoutProposals)
            guard proposal.license == nil, let rules = proposal.rules else {
                throw DocumentError(
                    at: "rules", "is missing", hint: "a whole tenant document goes to PUT of the tenant")
            }
            var tenant = try await call.tenant()
            var settings = tenant.settings
            settings.rules = rules
            settings.ruleTests = proposal.ruleTests ?? settings.ruleTests
            let version = try await TenantUpdate(call).write(settings, over: tenant)
            (tenant.settings, tenant.version) = (settings, version)
            return .rules(tenant, proposals: try await call.store.clones(of: tenant).proposals)
        },
        Operation(
            spec: OperationSpec(
                id: "getRecordMapping", method: .get, path: mappingPath,
                summary: "Which CRM field filters by which custom-data key", need: .tenant,
                answers: [.versioned("The record mapping", .named("RecordMapping"))], problems: [.init(.notFound)])
        ) { call in
            let tenant = try await call.tenant()
            return .mapping(tenant.settings, version: tenant.version)
        },
        Operation(
            spec: OperationSpec(
                id: "putRecordMapping", method: .put, path: mappingPath, summary: "Replace the record mapping",
                need: .tenant, body: .json(.named("RecordMapping")), isConditional: true,
                answers: [.versioned("The record mapping as it is now", .named("RecordMapping"))],
                problems: [.init(.configurationInvalid), .init(.notFound)])
        ) { call in
            let tenant = try await call.tenant()
            var settings = tenant.settings
            settings.recordMapping = try RecordMapping(call.content.value, at: "recordMapping")
            return .mapping(settings, version: try await TenantUpdate(call).write(settings, over: tenant))
        },
    ]
}

extension AdministrationAnswer {
    fileprivate static func rules(
        _ tenant: Tenant, proposals: [TenantClones.Proposal]
    ) -> AdministrationAnswer {
        object { writer in
            tenant.settings.writeRuleMembers(to: &writer)
            writer.cloneProposals(proposals)
        }.version(tenant.version)
    }

    fileprivate static func mapping(_ settings: TenantSettings, version: Int64) -> AdministrationAnswer {
        json { $0.value(settings.recordMapping.value) }.version(version)
    }
}

extension JSONValue {
    /// What was read, to be sent back with a rule more: proposals are no part of what is decided.
    fileprivate var withoutProposals: JSONValue {
        objectValue.map { .object($0.filter { $0.name != "proposals" }) } ?? self
    }
}
