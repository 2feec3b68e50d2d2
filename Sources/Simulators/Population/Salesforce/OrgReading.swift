import BridgeCore

/// Reads the setup of an org from a document, whose names are turned into places as they come.
struct OrgReading {
    let org: String
    private(set) var entities: [SetupEntity] = []
    private(set) var profiles: [OrgProfile] = []
    private(set) var groups: [OrgGroup] = []
    private(set) var components: [OrgComponent] = []
    private(set) var access: [OrgAccess] = []
    private var sets: [OrgPermissionSet] = []
    private var idsByKey: [String: String] = [:]

    private static let entityMembers = ["apiName", "label", "namespace", "id"]
    private static let profileMembers = ["id", "rights", "access"]
    private static let setMembers = [
        "id", "apiName", "label", "namespace", "type", "rights", "access", "modified",
    ]
    private static let groupMembers = ["id", "label", "namespace", "sets", "muting", "session"]
    private static let mutingMembers = ["rights", "access"]

    init(org: String) { self.org = org }

    /// In the order of their ids.
    var sortedSets: [OrgPermissionSet] { sets.sorted { $0.id < $1.id } }

    func set(_ id: String) -> OrgPermissionSet? { sets.first { $0.id == id } }

    /// The id of the set that the document calls `key`.
    func setID(_ key: String, at place: String) throws(SimulatorError) -> String {
        guard let id = idsByKey[key] else {
            throw .invalid("\(place): there is no permission set \(quoted(key))", hint: near(key, Array(idsByKey.keys)))
        }
        return id
    }

    func profile(_ name: String, at place: String) throws(SimulatorError) -> Int {
        guard let index = profiles.firstIndex(where: { $0.name == name }) else {
            throw .invalid("\(place): there is no profile \(quoted(name))", hint: near(name, profiles.map(\.name)))
        }
        return index
    }

    func group(_ name: String, at place: String) throws(SimulatorError) -> Int {
        guard let index = groups.firstIndex(where: { $0.name == name }) else {
            throw .invalid("\(place): there is no group \(quoted(name))", hint: near(name, groups.map(\.name)))
        }
        return index
    }

    private func near(_ name: String, _ names: [String]) -> String? {
        Suggestion.nearest(to: name, among: names.sorted()).map { "did you mean \($0)?" }
    }

    mutating func readEntities(_ object: DocumentObject) throws(SimulatorError) {
        let lists: [(String, SetupEntity.Kind)] = [
            ("customPermissions", .customPermission), ("apexClasses", .apexClass), ("apexPages", .apexPage),
        ]
        for (list, kind) in lists {
            for (name, entity) in try object.dictionary(list, known: Self.entityMembers) {
                let apiName = try entity.text("apiName") ?? name
                entities.append(
                    SetupEntity(
                        name: name, id: try entity.recordID("id") ?? RecordID.named(kind.prefix, "\(org)/\(name)"),
                        kind: kind, developerName: apiName, label: try entity.text("label") ?? apiName,
                        namespace: try entity.text("namespace")))
            }
        }
    }

    mutating func readProfiles(_ object: DocumentObject) throws(SimulatorError) {
        for (name, profile) in try object.dictionary("profiles", known: Self.profileMembers) {
            let id = try profile.recordID("id") ?? RecordID.named(.profile, "\(org)/\(name)")
            let setID = RecordID.named(.permissionSet, "\(org)/profile \(name)")
            let apiName = "X\(id.prefix(15))"
            profiles.append(OrgProfile(name: name, id: id, setID: setID))
            add(
                OrgPermissionSet(
                    key: "profile \(name)", id: setID, apiName: apiName, label: apiName, namespace: nil, kind: .profile,
                    profile: profiles.count - 1, group: nil, rights: Set(try profile.texts("rights")),
                    access: try places(profile), needsActivation: false, modified: SystemUser.beginning))
        }
    }

    mutating func readSets(_ object: DocumentObject) throws(SimulatorError) {
        for (key, set) in try object.dictionary("permissionSets", known: Self.setMembers) {
            let apiName = try set.text("apiName") ?? key
            let type = try set.text("type") ?? OrgPermissionSet.Kind.regular.rawValue
            guard let kind = OrgPermissionSet.Kind(rawValue: type), ![.group, .profile, .muting].contains(kind) else {
                throw .invalid("\(set.place).type is none of Regular, Standard, Session")
            }
            add(
                OrgPermissionSet(
                    key: key, id: try set.recordID("id") ?? RecordID.named(.permissionSet, "\(org)/\(key)"),
                    apiName: apiName, label: try set.text("label") ?? apiName, namespace: try set.text("namespace"),
                    kind: kind, profile: nil, group: nil, rights: Set(try set.texts("rights")),
                    access: try places(set), needsActivation: kind == .session,
                    modified: try set.time("modified") ?? SystemUser.beginning))
        }
    }

    mutating func readGroups(_ object: DocumentObject) throws(SimulatorError) {
        for (name, group) in try object.dictionary("groups", known: Self.groupMembers) {
            let label = try group.text("label") ?? name
            let namespace = try group.text("namespace")
            let needsActivation = try group.bool("session")
            let setID = RecordID.named(.permissionSet, "\(org)/group \(name)")
            var memberIDs: [String] = []
            for key in try group.texts("sets") { memberIDs.append(try self.setID(key, at: group.place)) }
            add(
                OrgPermissionSet(
                    key: "group \(name)", id: setID, apiName: name, label: label, namespace: namespace, kind: .group,
                    profile: nil, group: groups.count, rights: [], access: [], needsActivation: needsActivation,
                    modified: SystemUser.beginning))
            let mutingIDs = try readMuting(group, of: name)
            for id in memberIDs + mutingIDs {
                components.append(
                    OrgComponent(
                        id: RecordID.named(.component, "\(org)/\(name)/\(id)"), group: groups.count, setID: id))
            }
            groups.append(
                OrgGroup(
                    name: name, id: try group.recordID("id") ?? RecordID.named(.group, "\(org)/\(name)"), label: label,
                    namespace: namespace, setID: setID, memberIDs: memberIDs, mutingIDs: mutingIDs,
                    needsActivation: needsActivation))
        }
    }

    private mutating func readMuting(_ object: DocumentObject, of group: String) throws(SimulatorError) -> [String] {
        guard object.has("muting") else { return [] }
        let muting = try object.object("muting", known: Self.mutingMembers)
        let id = RecordID.named(.permissionSet, "\(org)/muting \(group)")
        let name = "\(group)_Muting"
        add(
            OrgPermissionSet(
                key: "muting \(group)", id: id, apiName: name, label: name, namespace: nil, kind: .muting, profile: nil,
                group: groups.count, rights: Set(try muting.texts("rights")), access: try places(muting),
                needsActivation: false, modified: SystemUser.beginning))
        return [id]
    }

    /// Reads the connected apps, which are entities, too: profiles and sets that may use one have access to it.
    mutating func readApps(_ object: DocumentObject) throws(SimulatorError) -> [ConnectedApp] {
        var apps: [ConnectedApp] = []
        for (name, app) in try object.dictionary("connectedApps", known: ConnectedApp.members) {
            let read = try ConnectedApp(app, name: name, self)
            entities.append(
                SetupEntity(
                    name: name, id: read.id, kind: .connectedApplication, developerName: name, label: read.label,
                    namespace: nil))
            for id in read.permittedSetIDs.sorted() { addAccess(of: id, to: entities.count - 1) }
            apps.append(read)
        }
        return apps
    }

    private mutating func add(_ set: OrgPermissionSet) {
        sets.append(set)
        idsByKey[set.key] = set.id
        for entity in set.access { addAccess(of: set.id, to: entity) }
    }

    private mutating func addAccess(of parentID: String, to entity: Int) {
        let id = RecordID.named(.access, "\(parentID)/\(entities[entity].id)")
        access.append(OrgAccess(id: id, parentID: parentID, entity: entity))
    }

    private func places(_ object: DocumentObject) throws(SimulatorError) -> [Int] {
        var places: [Int] = []
        for name in try object.texts("access") { places.append(try entity(name, at: object.place)) }
        return places
    }

    func entity(_ name: String, at place: String) throws(SimulatorError) -> Int {
        guard let index = entities.firstIndex(where: { $0.name == name }) else {
            throw .invalid(
                "\(place): there is no custom permission, class or page \(quoted(name))",
                hint: near(name, entities.map(\.name)))
        }
        return index
    }
}
