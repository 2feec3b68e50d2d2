internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso rules proposals`.
enum RulesProposalsCommand {
    private static let accept = FlagSpec.option(
        "--accept", "ID", "add the rule that lets the people of this clone in")

    static var spec: CommandSpec {
        CommandSpec(
            ["rules", "proposals"], summary: "Clones of packaged permission sets, and what has drifted apart",
            discussion: """
                A sync compares what the permission sets of an org give access to. A set of the org's own that has the \
                very content of a packaged one is a clone of it, whatever its name. It counts once a rule names its id, \
                which is what --accept adds; rule tests run before.
                """,
            flags: [.license, accept] + FlagSpec.store + [.dryRun],
            examples: [
                "rules proposals --license trial12345",
                "rules proposals --license trial12345 --accept 0PS5g000004nXyzEAE --dry-run",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        guard let text = arguments.value(of: accept) else {
            let clones = try StoreSession.run(arguments, context) { store async throws(StoreError) in
                try await store.clones(of: try await store.existingTenant(license))
            }
            show(clones, context)
            return .success
        }
        guard let id = SalesforceID(text) else {
            throw .usage(
                "--accept cannot be \(Printable.quoted(text))", hint: "the id of a permission set, 15 or 18 characters")
        }
        return try accept(id, of: license, arguments, context)
    }

    private static func accept(
        _ id: SalesforceID, of license: License, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let isDryRun = arguments.has(.dryRun)
        let (words, outcome) = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            let tenant = try await store.existingTenant(license)
            var settings = tenant.settings
            let words: String
            if let place = settings.rules.firstIndex(where: { $0.permissionSetID == id }) {
                words =
                    "\(id.value) is accepted already: rule \(place + 1) gives \(settings.rules[place].role.rawValue)"
            } else {
                let rule = try rule(accepting: id, try await store.clones(of: tenant).proposals, of: license)
                settings.rules.append(rule)
                words =
                    "\(isDryRun ? "would add" : "added") the rule: \(rule.match.words) gives \(rule.role.rawValue)"
            }
            let application = try application(of: settings, to: tenant, isDryRun: isDryRun)
            return (words, try await application.run(on: store))
        }
        for warning in outcome.warnings { context.messages.warning(warning) }
        guard !context.wantsJSON else {
            context.output.json { $0.tenantApplication(outcome) }
            return .success
        }
        context.output.print(words)
        return .success
    }

    /// The rule that a proposal asks for.
    private static func rule(
        accepting id: SalesforceID, _ proposals: [TenantClones.Proposal], of license: License
    ) throws(StoreError) -> Rule {
        let found = proposals.filter { $0.clone.id == id }
        guard let proposal = found.first else {
            throw StoreError(
                .notFound, "\(id.value) is proposed by no sync of \(license)",
                hint: "cobrowse-sso rules proposals --license \(license) shows what is")
        }
        // A sandbox has the ids of the org that it is a copy of.
        guard found.allSatisfy({ $0.clone.role == proposal.clone.role }) else {
            throw StoreError(
                .conflict, "\(id.value) is proposed by several connections of \(license), with different roles",
                hint: "add the rule with the role that is meant: cobrowse-sso tenant apply")
        }
        return proposal.clone.rule
    }

    private static func application(
        of settings: TenantSettings, to tenant: Tenant, isDryRun: Bool
    ) throws(StoreError) -> TenantApplication {
        do throws(FailedRuleTests) {
            var application = try TenantApplication(
                of: TenantDocument(license: tenant.license, name: tenant.name, settings: settings), by: .commandLine,
                at: SystemClock().now)
            application.expectedVersion = tenant.version
            application.isDryRun = isDryRun
            return application
        } catch {
            throw StoreError(error.code, error.detail, hint: error.hint)
        }
    }

    private static func show(_ clones: TenantClones, _ context: CommandContext) {
        guard !context.wantsJSON else { return context.output.json { write(clones, to: &$0) } }
        var table = TextTable("ID", "LABEL", "CLONE OF", "ROLE", "CONNECTION")
        for proposal in clones.proposals {
            let clone = proposal.clone
            table.add(clone.id.value, clone.label, clone.original, clone.role.rawValue, proposal.connection.value)
        }
        context.output.table(table)
        for (_, drift) in clones.drift { context.messages.note(drift.words) }
        for (connection, why) in clones.unreadable {
            context.messages.warning("clones of \(connection) could not be looked for: \(why)")
        }
    }

    private static func write(_ clones: TenantClones, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.cloneProposals(clones.proposals)
            writer.name("drift")
            writer.array { writer in
                for (connection, drift) in clones.drift {
                    writer.object { writer in
                        writer.member("connection", connection.value)
                        drift.writeMembers(to: &writer)
                    }
                }
            }
            writer.name("unreadable")
            writer.array { writer in
                for (connection, why) in clones.unreadable {
                    writer.object { writer in
                        writer.member("connection", connection.value)
                        writer.member("detail", why)
                    }
                }
            }
        }
    }
}

extension SetDrift {
    /// A line for people.
    var words: String { "\(Printable.quoted(label)) (\(id.value)) \(detail)" }
}
