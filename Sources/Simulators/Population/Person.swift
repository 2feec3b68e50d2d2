import BridgeCore

/// Somebody Entra knows: a member or a guest of one tenant, or a personal account.
struct Person: Sendable {
    /// What the population calls her or him: `ann`.
    let name: String
    let displayName: String
    /// The name of the tenant whose directory has this entry.
    let tenant: String
    let objectID: GUID
    let userPrincipalName: String
    /// The Mail attribute; nobody has proven it. Empty in the document for none.
    let mail: String?
    /// The entry of the same person in the home tenant, for a guest.
    let home: String?
    /// Whether she or he may consent for the whole tenant.
    let isAdministrator: Bool
    /// Whether assigned to apps that require it.
    let isAssigned: Bool
    /// The AADSTS number every sign-in of this person ends in; `nil` where it works.
    let signInFailure: Int?
    /// Entra groups, by name.
    let groups: Set<String>
    /// Rows in environments, by the environment's name.
    let rows: [String: PersonRow]

    static let members = [
        "name", "displayName", "tenant", "id", "userPrincipalName", "mail", "home", "administrator", "assigned",
        "signIn", "groups", "environments",
    ]

    init(_ object: DocumentObject, domains: [String: String]) throws(SimulatorError) {
        name = try object.required("name")
        displayName = try object.text("displayName") ?? name
        tenant = try object.required("tenant")
        objectID = try object.guid("id") ?? .named("person \(name)")
        let address = "\(name)@\(domains[tenant] ?? "example.com")"
        userPrincipalName = try object.text("userPrincipalName") ?? address
        let mail = try object.text("mail") ?? address
        self.mail = mail.isEmpty ? nil : mail
        home = try object.text("home")
        isAdministrator = try object.bool("administrator")
        isAssigned = try object.bool("assigned", default: true)
        signInFailure = try object.integer("signIn").map { Int($0) }
        groups = Set(try object.texts("groups"))
        var rows: [String: PersonRow] = [:]
        for (environment, row) in try object.dictionary("environments", known: PersonRow.members) {
            rows[environment] = try PersonRow(row)
        }
        self.rows = rows
    }
}

/// What a population says of a person's row in one environment; `nil` leaves what is usual.
struct PersonRow: Sendable, Equatable {
    let id: GUID?
    /// Empty for none; `nil` for the person's mail.
    let email: String?
    /// 0 Empty, 1 Approved, 2 Pending Approval, 3 Rejected.
    let emailStatus: Int64
    let isApprovedByAdministrator: Bool
    let isDisabled: Bool
    /// 0 Read-Write, 1 Administrative, 2 Read, 3 Support User, 4 Non-interactive, 5 Delegated Admin.
    let accessMode: Int64
    let azureState: Int64
    let isLicensed: Bool
    /// Names of roles of the environment, of the copy in the row's business unit.
    let roles: [String]
    /// Names of teams that the row is stored as a member of.
    let teams: [String]
    let businessUnit: String?
    let modifiedOn: Timestamp?
    /// What `RetrieveAadUserRoles` answers without `Consistency: Strong`, until the roles have reached its cache.
    let staleRoles: [String]?

    static let members = [
        "id", "email", "emailStatus", "emailApprovedByAdministrator", "disabled", "accessMode", "azureState",
        "licensed", "roles", "teams", "businessUnit", "modifiedOn", "staleRoles",
    ]

    init(_ object: DocumentObject) throws(SimulatorError) {
        id = try object.guid("id")
        email = try object.text("email")
        emailStatus = try object.integer("emailStatus") ?? 1
        isApprovedByAdministrator = try object.bool("emailApprovedByAdministrator", default: emailStatus == 1)
        isDisabled = try object.bool("disabled")
        accessMode = try object.integer("accessMode") ?? 0
        azureState = try object.integer("azureState") ?? 0
        isLicensed = try object.bool("licensed", default: true)
        roles = try object.texts("roles")
        teams = try object.texts("teams")
        businessUnit = try object.text("businessUnit")
        modifiedOn = try object.time("modifiedOn")
        staleRoles = object.has("staleRoles") ? try object.texts("staleRoles") : nil
    }

    /// Whether a column of the row differs; roles and teams are rows of other tables, whose change leaves `modifiedon` alone.
    func hasOtherColumns(than other: PersonRow) -> Bool {
        email != other.email || emailStatus != other.emailStatus
            || isApprovedByAdministrator != other.isApprovedByAdministrator || isDisabled != other.isDisabled
            || accessMode != other.accessMode || azureState != other.azureState || isLicensed != other.isLicensed
            || businessUnit != other.businessUnit
    }
}
