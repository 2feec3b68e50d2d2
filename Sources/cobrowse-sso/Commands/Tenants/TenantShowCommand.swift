internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso tenant show`.
enum TenantShowCommand {
    private static let argument = ArgumentSpec("L", "license key of the tenant")

    static var spec: CommandSpec {
        CommandSpec(
            ["tenant", "show"], summary: "Show a tenant's settings and rules",
            discussion: """
                The rules say which permission set or security role is worth which role in Cobrowse. \
                A rule's policy is shown in sentences; with --json it is the policy itself.
                """,
            arguments: [argument], flags: FlagSpec.store, examples: ["tenant show trial12345 --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try License(checking: try arguments.required(argument), from: "L")
        let tenant = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await store.existingTenant(license)
        }
        if context.wantsJSON {
            context.output.json { writer in writer.object { tenant.writeMembers(to: &$0) } }
        } else {
            show(tenant, context.output)
        }
        return .success
    }

    /// The page for people.
    static func show(_ tenant: Tenant, _ output: Output) {
        var list = FieldList()
        list.add("license", tenant.license.value)
        list.add("name", tenant.name)
        list.add("createdAt", tenant.createdAt.description)
        list.add("tokenLifetime", DurationText.text(tenant.settings.tokenLifetime))
        list.add("handOff", tenant.settings.handOff.rawValue)
        let origins = tenant.settings.redirectOrigins.map(\.value).joined(separator: ", ")
        list.add("redirectOrigins", origins.isEmpty ? nil : origins)
        list.add("ruleTests", "\(tenant.settings.ruleTests.count)")
        output.fields(list)
        output.print("")
        var table = TextTable("SOURCE", "FACT", "NAME", "ROLE")
        for rule in tenant.settings.rules {
            let (source, fact, name) = rule.match.words
            table.add(source, fact, name, rule.role.rawValue)
        }
        output.table(table)
        for rule in tenant.settings.rules {
            guard let policy = rule.policy else { continue }
            let (source, fact, name) = rule.match.words
            output.print("")
            output.print("policy of \(source) \(fact) \(Printable.line(name)):")
            for line in policy.lines { output.print(line) }
        }
    }
}

extension Tenant {
    /// Writes the tenant document with the time it was made.
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("license", license.value)
        writer.member("name", name)
        writer.member("createdAt", createdAt.description)
        settings.writeMembers(to: &writer)
    }
}

extension Rule.Match {
    /// Source, kind of fact and name, in the words of the tenant document.
    fileprivate var words: (source: String, fact: String, name: String) {
        switch self {
        case .salesforcePermissionSet(let name): ("salesforce", "permissionSet", name)
        case .salesforcePermissionSetGroup(let name): ("salesforce", "permissionSetGroup", name)
        case .salesforceCustomPermission(let name): ("salesforce", "customPermission", name)
        case .salesforceProfile(let name): ("salesforce", "profile", name)
        case .dynamicsSecurityRole(let name): ("dynamics", "securityRole", name)
        case .dynamicsTeam(let name): ("dynamics", "team", name)
        }
    }
}
