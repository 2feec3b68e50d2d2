import BridgeCore

/// A Salesforce org: its profiles, permission sets, connected apps and people.
struct Org: Sendable {
    /// What the population calls it, which is its My Domain, too: `acme`, of a sandbox `acme--uat`.
    let name: String
    /// 18 characters.
    let id: String
    let label: String
    let isSandbox: Bool
    /// `OrganizationType`: `Enterprise Edition`.
    let edition: String
    let instanceName: String
    /// How many calls of the API the org may make in a day.
    let apiLimit: Int
    /// How many rows a page of a query has at most.
    let pageSize: Int
    /// Whether every app has to use PKCE.
    let requiresPKCE: Bool
    /// Whether user access policies are enabled: only then assignments have the column `IsRevoked`.
    let hasAccessPolicies: Bool
    /// Setup entities by their names in the document.
    let entities: [SetupEntity]
    let profiles: [OrgProfile]
    /// Every set, those of profiles and groups included, in the order of their ids.
    let sets: [OrgPermissionSet]
    /// Their places by id.
    let setPlaces: [String: Int]
    let groups: [OrgGroup]
    let components: [OrgComponent]
    let access: [OrgAccess]
    let apps: [ConnectedApp]
    var users: OrgUsers

    static let members = [
        "name", "id", "label", "sandbox", "edition", "instance", "apiLimit", "pageSize", "requiresPKCE",
        "userAccessPolicies", "customPermissions", "apexClasses", "apexPages", "profiles", "permissionSets", "groups",
        "connectedApps",
        "users",
    ]

    /// - Throws: `configuration_invalid`, naming the place in the document.
    init(_ object: DocumentObject) throws(SimulatorError) {
        let name = try object.required("name")
        guard !["login", "test"].contains(name) else {
            throw .invalid("\(object.place).name cannot be \(name), which is a host of Salesforce's own")
        }
        self.name = name
        id = try object.recordID("id") ?? RecordID.named(.organization, name)
        label = try object.text("label") ?? name
        isSandbox = try object.bool("sandbox")
        edition = try object.text("edition") ?? "Enterprise Edition"
        instanceName = try object.text("instance") ?? (isSandbox ? "CS108" : "EU44")
        apiLimit = Int(try object.integer("apiLimit") ?? 1_000_000)
        pageSize = max(1, Int(try object.integer("pageSize") ?? 2000))
        requiresPKCE = try object.bool("requiresPKCE")
        hasAccessPolicies = try object.bool("userAccessPolicies")
        var reading = OrgReading(org: name)
        try reading.readEntities(object)
        try reading.readProfiles(object)
        try reading.readSets(object)
        try reading.readGroups(object)
        apps = try reading.readApps(object)
        entities = reading.entities
        profiles = reading.profiles
        sets = reading.sortedSets
        setPlaces = Dictionary(sets.enumerated().map { ($0.element.id, $0.offset) }) { $1 }
        groups = reading.groups
        components = reading.components
        access = reading.access
        users = try OrgUsers(object, reading)
    }

    func app(_ name: String) -> ConnectedApp? { apps.first { $0.name == name } }
}

extension DocumentObject {
    /// The 18 characters of the id under `name`.
    func recordID(_ name: String) throws(SimulatorError) -> String? {
        guard let text = try text(name) else { return nil }
        guard let id = RecordID.normalized(text) else {
            throw .invalid(
                "\(place).\(name) is no id", hint: "15 or 18 letters and digits; the last three of 18 are checks")
        }
        return id
    }
}

extension Org {
    /// People made of what a document says of all of them.
    func generatedUsers(_ object: DocumentObject, count: Int) throws(SimulatorError) -> GeneratedUsers {
        let profileName = try object.required("profile")
        guard let profile = profiles.firstIndex(where: { $0.name == profileName }) else {
            throw .invalid("\(object.place): there is no profile \(quoted(profileName))")
        }
        let groupName = try object.required("group")
        guard let group = groups.firstIndex(where: { $0.name == groupName }) else {
            throw .invalid("\(object.place): there is no group \(quoted(groupName))")
        }
        return GeneratedUsers(
            count: count, domain: "\(name).example", profile: profile, profileSetID: profiles[profile].setID,
            agentSetID: try setID("agentSet", object), administratorSetID: try setID("administratorSet", object),
            ordinarySetID: try setID("ordinarySet", object), otherSetID: try setID("otherSet", object), group: group,
            groupSetID: groups[group].setID)
    }

    private func setID(_ member: String, _ object: DocumentObject) throws(SimulatorError) -> String {
        let key = try object.required(member)
        guard let set = sets.first(where: { $0.key == key }) else {
            throw .invalid("\(object.place).\(member): there is no permission set \(quoted(key))")
        }
        return set.id
    }
}
