internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics organizations`.
enum DynamicsOrganizationsCommand {
    private static let environmentURL = FlagSpec.option(
        "--environment-url", "U", "the organization to choose", default: "the only one there is")

    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "organizations"], summary: "List the organizations of Dynamics 365 that can be connected",
            discussion: """
                Shows a code, with which an administrator signs in at Microsoft in any browser, and waits for that. \
                The list is what this person can reach in all regions of the cloud, without what is disabled. For the \
                organization that is chosen a token for its own host is asked for as well, which shows that it lets \
                the person in; no token is kept.

                The person signs in to the client of the connection; where there is none yet, to the operator's, which \
                has to know the tenant (--tenant-id) if its registration is for one tenant.
                """,
            flags: [.license, ConnectionSession.name, DynamicsFlags.tenantID, environmentURL] + ConnectionSession.flags,
            examples: [
                "dynamics organizations --license trial12345",
                "dynamics organizations --license trial12345 --environment-url https://yourorg.crm4.dynamics.com --json",
            ], run: run)
    }

    /// What a search came to.
    private struct Found: Sendable {
        let connection: ConnectionID
        let list: DynamicsOrganizations
        let chosen: DynamicsOrganization?
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let choice = arguments.value(of: environmentURL)
        let tenantID = try tenantID(arguments)
        let found = try ConnectionSession.run(.dynamics, arguments, context) { session throws(CommandFailure) in
            let id = try session.id(arguments, isNew: false)
            let connection = try session.connections().first { $0.id == id }
            return try session.ask { desk in
                let search = try desk.organizations(through: connection, ofTenant: tenantID)
                let authorization = try await search.deviceAuthorization()
                context.messages.show(authorization)
                let grant = try await search.signIn(by: authorization, pausing: TaskPause())
                let list = try await search.organizations(grant.accessToken)
                let chosen = try choice.map { try search.choice($0, among: list) } ?? list.onlyOne
                if let chosen { try await search.enter(chosen, refreshing: grant.refreshToken) }
                return Found(connection: id, list: list, chosen: chosen)
            }
        }
        show(found, context)
        return .success
    }

    private static func tenantID(_ arguments: ParsedArguments) throws(CommandFailure) -> GUID? {
        guard let text = arguments.value(of: DynamicsFlags.tenantID) else { return nil }
        guard let id = GUID(text) else {
            throw .usage(
                "--tenant-id cannot be \(Printable.quoted(text))",
                hint: "copy the Directory (tenant) ID from the Overview of the app registration")
        }
        return id
    }

    private static func show(_ found: Found, _ context: CommandContext) {
        if context.wantsJSON {
            context.output.json { writer in writer.object { $0.organizationListMembers(found.list, found.chosen) } }
            return
        }
        var table = TextTable("NAME", "REGION", "ENVIRONMENT URL", "CHOSEN")
        for item in found.list.items {
            table.add(
                item.name, item.environment.region?.name, item.environment.text, item == found.chosen ? "yes" : nil)
        }
        context.output.table(table)
        let disabled = found.list.disabledCount
        if disabled > 0 { context.messages.note("left out, since they are disabled: \(disabled)") }
        if let emptiness = found.list.emptiness {
            context.messages.warning("you can reach no organization here that is enabled", hint: emptiness)
        } else {
            context.messages.note("next: \(next(found))")
        }
    }

    /// The command that connects what was chosen.
    private static func next(_ found: Found) -> String {
        let id = found.connection
        let tenant = found.chosen?.tenantID.map { " --tenant-id \($0)" } ?? ""
        return "cobrowse-sso dynamics save --license \(id.license) --connection \(id.name)\(tenant) "
            + "--environment-url \(found.chosen?.environment.text ?? "U")"
    }
}

extension Messages {
    /// Tells the person where to sign in; with `--json` as an object, since whoever reads that has to tell, too.
    fileprivate func show(_ authorization: DeviceAuthorization) {
        guard wantsJSON else {
            note(
                "to sign in, open \(authorization.verificationURL) and enter the code \(authorization.userCode), until "
                    + "\(authorization.expiresAt)")
            return
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("verificationUrl", authorization.verificationURL)
            writer.member("userCode", authorization.userCode)
            writer.member("expiresAt", authorization.expiresAt.description)
        }
        write(writer.bytes + [UInt8(ascii: "\n")])
    }
}

/// Sleeps, without a thread.
private struct TaskPause: Pause {
    func wait(seconds: Int64) async { try? await Task.sleep(for: .seconds(seconds)) }
}
