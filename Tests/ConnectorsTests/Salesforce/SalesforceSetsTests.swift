import AuthService
import BridgeCore
import Testing

@testable import Connectors

@Suite("What the sets of an org give")
struct SalesforceSetsTests {
    private static func id(_ prefix: String, _ number: Int) throws -> SalesforceID {
        try #require(SalesforceID("\(prefix)00000000000\(number)"))
    }

    private static func row(_ number: Int, _ name: String, _ type: String) throws -> SalesforceSetsReader.SetRow {
        SalesforceSetsReader.SetRow(
            id: try id("0PS", number), name: name, label: "Label of \(name)", namespacePrefix: nil, type: type,
            profileID: type == "Profile" ? try id("00e", number) : nil,
            profileName: type == "Profile" ? "Profile \(number)" : nil, isCustom: type == "Profile")
    }

    /// - Parameter rows: entities by the set that gives access to them.
    private static func access(
        _ rows: [(prefix: String, set: Int, entity: Int, type: String)]
    ) throws -> SetupAccess {
        var access = SetupAccess()
        for row in rows { #expect(access.add(try id("0CP", row.entity), row.type, of: try id(row.prefix, row.set))) }
        return access
    }

    private static func permission(_ number: Int) -> SalesforceFacts.Component {
        SalesforceFacts.Component(name: "P\(number)")
    }

    /// Sets 1 and 2, a muting set 3, a profile's 4, a group's 5; the group 1 has all but the last two.
    private static func sets(withAccess: Bool = true) throws -> SalesforceSets {
        let rows = [
            try row(1, "one", "Regular"), try row(2, "two", "Standard"), try row(3, "mute", "Muting"),
            try row(4, "X00e", "Profile"), try row(5, "group", "Group"),
        ]
        let group = SalesforceSetsReader.GroupRow(
            id: try id("0PG", 1), component: SalesforceFacts.Component(name: "team", label: "Team"))
        let access = try access([
            ("0PS", 1, 1, "CustomPermission"), ("0PS", 1, 9, "ApexClass"), ("0PS", 2, 2, "CustomPermission"),
            ("0PS", 3, 2, "CustomPermission"), ("0PS", 4, 3, "CustomPermission"),
        ])
        let permissions = Dictionary(
            try (1...3).map { (try id("0CP", $0), permission($0)) }, uniquingKeysWith: { $1 })
        return SalesforceSetsMaker(
            sets: rows, groups: [group],
            members: [try id("0PG", 1): [try id("0PS", 1), try id("0PS", 2), try id("0PS", 3)]],
            access: withAccess ? access : nil, permissions: withAccess ? permissions : nil
        ).sets
    }

    @Test("is what they and, of a group, its members give, without what a muting set takes away")
    func gives() throws {
        let sets = try Self.sets()
        #expect(sets.assignables.map(\.kind) == [.set, .set, .profile, .group])
        #expect(sets.assignables[0].facts.customPermissions == [Self.permission(1)])
        #expect(sets.assignables[2].facts.profile?.name == "Profile 4")
        #expect(sets.assignables[2].facts.permissionSets.isEmpty)
        #expect(sets.assignables[2].facts.customPermissions == [Self.permission(3)])
        let group = sets.assignables[3]
        #expect(group.facts.groups.map(\.name) == ["team"])
        #expect(group.facts.permissionSets.map(\.name) == ["one", "two"])
        #expect(group.facts.permissionSets.allSatisfy { $0.group == "team" })
        #expect(group.facts.customPermissions == [Self.permission(1)], "the second one is muted")
        #expect(sets.customProfiles == [try Self.id("00e", 4)])
        #expect(sets.sets.map(\.otherCount) == [2, 1], "no packaged set has any of it")
    }

    @Test("is compared with what packaged ones have, and of the rest it is only known how much it is")
    func overlap() throws {
        let access = try Self.access([
            ("0PS", 1, 1, "CustomPermission"), ("0PS", 1, 1, "ApexClass"), ("0PS", 2, 1, "CustomPermission"),
            ("0PS", 2, 2, "ApexClass"), ("0PS", 2, 3, "ConnectedApplication"), ("0PS", 3, 4, "ApexPage"),
        ])
        let overlap = SetupAccess.Overlap(access, with: [try Self.id("0PS", 1)])
        for (set, types, otherCount) in [
            (1, ["ApexClass", "CustomPermission"], 0), (2, ["CustomPermission"], 1), (3, [], 1), (4, [], 0),
        ] {
            let content = overlap.content(of: try Self.id("0PS", set))
            #expect(content.common.map(\.type).sorted() == types && content.otherCount == otherCount)
            #expect(content.common.allSatisfy { $0.id.value.hasPrefix("0CP000000000001") })
        }
    }

    @Test("takes a member of a group without a row for one that mutes, and a custom permission without one for its id")
    func rowless() throws {
        let group = SalesforceSetsReader.GroupRow(
            id: try Self.id("0PG", 1), component: SalesforceFacts.Component(name: "team"))
        let sets = SalesforceSetsMaker(
            sets: [try Self.row(1, "one", "Regular")], groups: [group],
            members: [try Self.id("0PG", 1): [try Self.id("0PS", 1), try Self.id("0QM", 2)]],
            access: try Self.access([
                ("0PS", 1, 1, "CustomPermission"), ("0PS", 1, 2, "CustomPermission"), ("0QM", 2, 1, "CustomPermission"),
            ]), permissions: [try Self.id("0CP", 1): Self.permission(1)]
        ).sets
        let hidden = try Self.id("0CP", 2)
        let nameless = SalesforceFacts.Component(name: hidden.value, id: hidden)
        #expect(sets.assignables[0].facts.customPermissions == [nameless, Self.permission(1)])
        #expect(sets.assignables[1].facts.customPermissions == [nameless])
    }

    @Test("leaves custom permissions unknown where nobody may see them")
    func unreadable() throws {
        let sets = try Self.sets(withAccess: false)
        #expect(!sets.hasAccess)
        #expect(sets.assignables.allSatisfy { $0.facts.customPermissions == nil })
    }

    @Test("counts for those who have it, as far as a rule asks for it")
    func holders() throws {
        let rules = [
            Rule(.salesforcePermissionSet("Label of two"), role: .agent),
            Rule(.salesforceCustomPermission("P3"), role: .administrator),
        ]
        let license = try #require(License("acme"))
        let policy = AccessPolicy(license: license, rules: RuleSet(rules), addresses: .none)
        let now = Timestamp(seconds: 1_000)
        var holders = SalesforceHolders(try Self.sets(), policy, now: now)
        #expect(holders.wanted.map(\.kind) == [.set, .profile, .group])
        let people = try (1...4).map { try #require(PersonKey(salesforceID: try Self.id("005", $0))) }
        holders.add([
            (people[0], try Self.id("0PS", 2)), (people[1], try Self.id("0PS", 4)), (people[1], try Self.id("0PS", 2)),
            (people[2], try Self.id("0PG", 1)), (people[3], try Self.id("0PS", 1)),
        ])
        let outcomes = people.map { holders.outcome(of: $0) }
        #expect(outcomes == [.role(.agent), .role(.administrator), .role(.agent), .denial(.roleMissing)])
        #expect(holders.facts(of: people[2]).groups.map(\.name) == ["team"])
    }

    @Test("leaves a role undecided where only what nobody may see could give it")
    func undecided() throws {
        let rules = [
            Rule(.salesforcePermissionSet("two"), role: .agent), Rule(.salesforceCustomPermission("P3"), role: .agent),
        ]
        let policy = AccessPolicy(
            license: try #require(License("acme")), rules: RuleSet(rules), addresses: .none)
        var holders = SalesforceHolders(try Self.sets(withAccess: false), policy, now: Timestamp(seconds: 1_000))
        let people = try (1...2).map { try #require(PersonKey(salesforceID: try Self.id("005", $0))) }
        holders.add([(people[0], try Self.id("0PS", 2))])
        #expect(holders.outcome(of: people[0]) == .role(.agent))
        #expect(holders.outcome(of: people[1]) == .denial(.rolesUnavailable))
    }
}

@Suite("Keys of people")
struct PersonKeyTests {
    @Test(
        "hold the whole id of a user, whose letters differ by case",
        arguments: ["005B0000005biIn", "005b0000005biIn", "005ZZZZZZZZZZZZ", "005000000000000"])
    func salesforce(text: String) throws {
        let id = try #require(SalesforceID(text))
        #expect(PersonKey(salesforceID: id)?.salesforceID == id)
    }

    @Test("are in the order of the ids")
    func order() throws {
        let ids = try ["005000000000001", "005000000000002", "005A00000000001", "005a00000000001"].map {
            try #require(SalesforceID($0))
        }
        let keys = ids.compactMap { PersonKey(salesforceID: $0) }
        #expect(keys.sorted() == keys && Set(keys).count == 4)
    }

    @Test("hold an object id of Entra")
    func entra() {
        let text = "0f8fad5b-d9cb-469f-a165-70867728950e"
        #expect(PersonKey(objectID: text.uppercased())?.objectID.value == text)
        for wrong in ["", "0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950g"] {
            #expect(PersonKey(objectID: wrong) == nil)
        }
    }
}
