import BridgeCore
import Testing

@testable import AuthService

/// A row of the table: an org's sets, the tenant's rules, and what there is to say.
struct CloneRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let sets: [OrgPermissionSet]
    var rules = Rule.shipped
    /// What was proposed or accepted before.
    var before: CloneReport?
    /// `id -> original role`.
    var proposals: [String] = []
    /// `kind id`.
    var drift: [String] = []

    static let all: [CloneRow] = [
        CloneRow(testDescription: "the packaged sets alone", sets: packaged),
        CloneRow(
            testDescription: "a clone that was renamed", sets: packaged + [.own(1, "Support desk", agent)],
            proposals: ["1 -> cobrowseio__Cobrowse_io_Agent agent"]),
        CloneRow(
            testDescription: "a clone of the administrators' set", sets: packaged + [.own(1, "Leads", admin)],
            proposals: ["1 -> cobrowseio__Cobrowse_io_Admin administrator"]),
        CloneRow(
            testDescription: "a clone that kept its label, which a rule names",
            sets: packaged + [.own(1, "Cobrowse.io Agent", agent)]),
        CloneRow(
            testDescription: "an accepted clone", sets: packaged + [.own(1, "Support desk", agent)],
            rules: Rule.shipped + [Rule(.salesforcePermissionSet(id(1)), role: .agent)]),
        CloneRow(
            testDescription: "an accepted clone whose original has gained something",
            sets: packaged + [.own(1, "Support desk", ["a1"])], rules: accepting, before: proposed,
            drift: ["cloneLacks 1"]),
        CloneRow(
            testDescription: "an accepted clone that has nothing of its original any more",
            sets: packaged + [.own(1, "Support desk", ["x"])], rules: accepting, before: proposed,
            drift: ["cloneLacks 1"]),
        CloneRow(
            testDescription: "an accepted clone that gives access to nothing any more",
            sets: packaged + [.own(1, "Support desk", [])], rules: accepting, before: proposed,
            drift: ["cloneLacks 1"]),
        CloneRow(
            testDescription: "an accepted clone that the org has no more", sets: packaged, rules: accepting,
            before: proposed, drift: ["cloneGone 1"]),
        CloneRow(
            testDescription: "a proposal that was never accepted, and is gone", sets: packaged, before: proposed),
        CloneRow(
            testDescription: "a set that a rule names for reasons of its own",
            sets: packaged + [.own(1, "Support desk", ["a1", "x"])], rules: accepting),
        CloneRow(
            testDescription: "a clone that kept its label and lacks something",
            sets: packaged + [.own(1, "cobrowse.io agent", ["x"])], drift: ["cloneLacks 1"]),
        CloneRow(
            testDescription: "names of 15 letters are no ids",
            sets: packaged + [.own(1, "CobrowseIO_Agents", [])],
            rules: [Rule(.salesforcePermissionSet("CobrowseIOAgent"), role: .agent)], drift: ["unknownName 1"]),
        CloneRow(
            testDescription: "a set that gives a role by a custom permission, under a resembling name",
            sets: packaged + [.own(1, "CobrowseIO Agents", ["a1"], permission: "Screen_Share")],
            rules: Rule.shipped + [Rule(.salesforceCustomPermission("Screen_Share"), role: .agent)]),
        CloneRow(
            testDescription: "a clone that counts by a custom permission already",
            sets: packaged + [.own(1, "Support desk", agent, permission: "Screen_Share")],
            rules: Rule.shipped + [Rule(.salesforceCustomPermission("Screen_Share"), role: .agent)]),
        CloneRow(
            testDescription: "an accepted clone with more than its original",
            sets: packaged + [.own(1, "Support desk", agent + ["x"])],
            rules: Rule.shipped + [Rule(.salesforcePermissionSet(id(1)), role: .agent)]),
        CloneRow(
            testDescription: "a set with some of the content is no clone",
            sets: packaged + [.own(1, "Support desk", ["a1"]), .own(2, "All of it", agent + ["x"])]),
        CloneRow(
            testDescription: "a set without content is nobody's clone",
            sets: packaged + [.own(1, "Support desk", []), .packaged(8, "Cobrowse.io Agent", [])]),
        CloneRow(
            testDescription: "two packaged sets of one content: the lesser role",
            sets: [.packaged(8, "Cobrowse.io Agent", agent), .packaged(9, "Cobrowse.io Admin", agent)]
                + [.own(1, "Support desk", agent)], proposals: ["1 -> cobrowseio__Cobrowse_io_Agent agent"]),
        CloneRow(
            testDescription: "a packaged set of somebody else's",
            sets: [.packaged(8, "Sales Tools", agent)]
                + [.own(1, "Support desk", agent)]),
        CloneRow(
            testDescription: "a packaged set that a rule names by another name",
            sets: [.packaged(8, "Co-browsing", agent), .own(1, "Support desk", agent)],
            rules: [Rule(.salesforcePermissionSet("cobrowseio__Co_browsing"), role: .administrator)],
            proposals: ["1 -> cobrowseio__Co_browsing administrator"]),
        CloneRow(
            testDescription: "names that resemble one that a rule names",
            sets: packaged + [
                .own(1, "CobrowseIO Agents", ["x"]), .own(2, "Cobrowse.io Agnet", []), .own(3, "Sales", []),
                .own(4, "Cobrowse.io Agent EMEA", []),
            ], drift: ["unknownName 1", "unknownName 2", "unknownName 4"]),
    ]

    static let accepting = Rule.shipped + [Rule(.salesforcePermissionSet(id(1)), role: .agent)]
    static let proposed = CloneReport(
        proposals: SalesforceID(id(1)).map {
            [
                CloneProposal(
                    id: $0, name: "Support_desk", label: "Support desk", original: "cobrowseio__Cobrowse_io_Agent",
                    role: .agent)
            ]
        } ?? [])
    static let agent = ["a1", "a2"]
    static let admin = ["a1", "a2", "a3"]
    static let packaged = [
        OrgPermissionSet.packaged(8, "Cobrowse.io Agent", agent), .packaged(9, "Cobrowse.io Admin", admin),
    ]

    static func id(_ number: Int) -> String { "0PS00000000000\(number)" }
}

extension OrgPermissionSet {
    static func own(
        _ number: Int, _ label: String, _ content: [String], permission: String? = nil
    ) -> OrgPermissionSet {
        OrgPermissionSet(number, label, nil, content, permission)
    }

    static func packaged(_ number: Int, _ label: String, _ content: [String]) -> OrgPermissionSet {
        OrgPermissionSet(number, label, "cobrowseio", content, nil)
    }

    /// The API name as Salesforce makes it of a label.
    private init(
        _ number: Int, _ label: String, _ namespace: String?, _ content: [String], _ permission: String?
    ) {
        let name = String(label.map { $0.isLetter || $0.isNumber ? $0 : "_" })
        let entries = content.compactMap { key -> Entry? in
            let text = "0CP" + String(repeating: "0", count: 12 - key.count) + key
            return SalesforceID(text).map { Entry(type: "CustomPermission", id: $0) }
        }
        guard let id = SalesforceID(CloneRow.id(number)) else { preconditionFailure("no id") }
        self.init(
            id: id, name: name, label: label, namespacePrefix: namespace, content: Set(entries),
            customPermissions: permission.map { [SalesforceFacts.Component(name: $0)] } ?? [])
    }
}

@Suite("Clones of packaged permission sets")
struct CloneFinderTests {
    @Test("are found by what they give access to", arguments: CloneRow.all)
    func finds(row: CloneRow) throws {
        let report = CloneFinder(row.sets, rules: row.rules, after: row.before).report(on: row.sets)
        let numbers = Dictionary(
            try (1...9).map { (try #require(SalesforceID(CloneRow.id($0))), $0) }, uniquingKeysWith: { $1 })
        #expect(
            report.proposals.map { "\(numbers[$0.id] ?? 0) -> \($0.original) \($0.role.rawValue)" } == row.proposals)
        #expect(report.drift.map { "\($0.kind.rawValue) \(numbers[$0.id] ?? 0)" } == row.drift)
    }

    @Test("count once the rule that a proposal names is there")
    func accepted() throws {
        let sets = CloneRow.packaged + [.own(1, "Support desk", CloneRow.agent)]
        let proposal = try #require(CloneFinder(sets, rules: Rule.shipped).report(on: sets).proposals.first)
        let rules = Rule.shipped + [proposal.rule]
        let again = CloneFinder(sets, rules: rules).report(on: sets)
        let accepted = AcceptedClone(id: proposal.id, label: proposal.label, original: proposal.original)
        #expect(again == CloneReport(accepted: [accepted]))
        // What it is a clone of is remembered from then on, whatever becomes of it.
        let empty = CloneRow.packaged + [.own(1, "Support desk", [])]
        let later = CloneFinder(empty, rules: rules, after: again).report(on: empty)
        #expect(later.accepted == [accepted] && later.drift.map(\.kind) == [.cloneLacks])
        let without = CloneFinder(CloneRow.packaged, rules: rules, after: later).report(on: CloneRow.packaged)
        #expect(without.accepted == [accepted] && without.drift.map(\.kind) == [.cloneGone])
        #expect(
            CloneFinder(CloneRow.packaged, rules: Rule.shipped, after: without).report(on: CloneRow.packaged)
                == CloneReport())
    }

    @Test("are cut by their weight, and it is said how many more there are")
    func cut() throws {
        let id = try #require(SalesforceID(CloneRow.id(1)))
        let names = (0..<120).map { SetDrift(.unknownName, id: id, label: "\($0)", detail: "") }
        let lacking = SetDrift(.cloneLacks, id: id, label: "last", detail: "")
        let report = CloneReport(drift: names + [lacking]).cut
        #expect(report.drift.first == lacking && report.drift.count == 100 && report.omittedCount == 21)
    }

    @Test("are remembered with the state of the sync")
    func remembered() throws {
        let sets = CloneRow.packaged + [.own(1, "Support desk", CloneRow.agent), .own(2, "CobrowseIO Agents", [])]
        var report = CloneFinder(sets, rules: Rule.shipped).report(on: sets)
        report.unreadable = "why"
        var writer = JSONWriter()
        report.write(to: &writer)
        #expect(report.proposals.count == 1 && report.drift.count == 1)
        #expect(CloneReport(try JSONValue(parsing: writer.text.utf8)) == report)
    }
}

@Suite("Names of permission sets")
struct NameLikenessTests {
    @Test(
        "are alike by their letters",
        arguments: [
            ("Cobrowse.io Agent", "cobrowseio_agent", true), ("Cobrowse.io Agent", "Cobrowse.io Admin", false),
            ("Cobrowse.io Agent", "My Cobrowse.io Agent 2", true), ("Cobrowse.io Agent", "CobrowseAgent", true),
            ("Agent", "Agents", false), ("Cobrowse.io Agent", "", false), ("Support Desk", "Support Disk", true),
        ])
    func areAlike(left: String, right: String, expected: Bool) {
        #expect(NameLikeness.areAlike(left, right) == expected)
        #expect(NameLikeness.areAlike(right, left) == expected)
    }
}
