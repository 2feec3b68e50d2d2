internal import BridgeCore

/// Finds clones of packaged permission sets by what they give access to.
///
/// Salesforce makes every administrator clone the packaged sets; a clone has another id, perhaps another name, and no
/// namespace, but the same content. What is found is proposed, and counts once a rule names it.
package struct CloneFinder {
    private let rules: [Rule]
    private let ruleSet: RuleSet
    private let originals: [Original]

    /// A packaged set that is worth a role.
    private struct Original {
        let set: OrgPermissionSet
        let role: Role

        var name: String { self.set.namespacePrefix.map { "\($0)__\(self.set.name)" } ?? self.set.name }
    }

    /// - Parameters:
    ///   - sets: of the org, without those of profiles and groups, and without those that mute.
    ///   - rules: of the tenant.
    package init(_ sets: [OrgPermissionSet], rules: [Rule]) {
        self.rules = rules
        let ruleSet = RuleSet(rules)
        self.ruleSet = ruleSet
        originals = sets.filter { $0.isPackaged && !$0.content.isEmpty }.compactMap { set in
            (ruleSet.role(of: set) ?? Self.shipped.role(of: set)).map { Original(set: set, role: $0) }
        }
    }

    /// The names that the Cobrowse package ships, whatever the tenant's rules are.
    private static let shipped = RuleSet(Rule.shipped)

    /// What there is to say of the org's own sets.
    package func report(on sets: [OrgPermissionSet]) -> CloneReport {
        var report = CloneReport()
        for set in sets.filter({ !$0.isPackaged }).sorted(by: { $0.id.value < $1.id.value }) {
            if let role = ruleSet.role(of: set) {
                if let drift = drift(of: set, worth: role) { report.drift.append(drift) }
            } else if let original = original(of: set) {
                report.proposals.append(
                    CloneProposal(
                        id: set.id, name: set.name, label: set.label, original: original.name, role: original.role))
            } else if let drift = unknownName(set) {
                report.drift.append(drift)
            }
        }
        report.proposals = Array(report.proposals.prefix(CloneReport.largestCount))
        report.drift = Array(report.drift.prefix(CloneReport.largestCount))
        return report
    }

    /// The packaged set that has the very same content: of several the one that is worth least.
    private func original(of set: OrgPermissionSet) -> Original? {
        originals.filter { $0.set.content == set.content }
            .min { ($0.role, $0.set.id.value) < ($1.role, $1.set.id.value) }
    }

    /// Packaged sets of the role that an accepted set may be a clone of: it has something of theirs.
    package func originals(of set: OrgPermissionSet, worth role: Role) -> [OrgPermissionSet] {
        originals.filter { $0.role == role && !$0.set.content.isDisjoint(with: set.content) }.map(\.set)
    }

    /// What an accepted clone lacks of its original; `nil` for nothing.
    private func drift(of set: OrgPermissionSet, worth role: Role) -> SetDrift? {
        let candidates = originals.filter { $0.role == role && !$0.set.content.isDisjoint(with: set.content) }
        let lacking = candidates.map { ($0, $0.set.content.subtracting(set.content)) }
        guard !lacking.contains(where: { $0.1.isEmpty }),
            let (original, missing) = lacking.min(by: { $0.1.count < $1.1.count })
        else { return nil }
        return SetDrift(
            .cloneLacks, id: set.id, label: set.label,
            detail: "lacks \(Self.words(missing)) that \(original.name) has by now: clone the packaged set anew, and "
                + "assign the new clone")
    }

    private func unknownName(_ set: OrgPermissionSet) -> SetDrift? {
        let known = rules.compactMap { rule -> String? in
            if case .salesforcePermissionSet(let name) = rule.match, SalesforceID(name) == nil { name } else { nil }
        }
        let alike = known.first { NameLikeness.areAlike($0, set.label) || NameLikeness.areAlike($0, set.name) }
        return alike.map { name in
            SetDrift(
                .unknownName, id: set.id, label: set.label,
                detail:
                    "resembles \"\(name)\", which a rule names, but no rule knows it: whoever has it alone gets no role"
            )
        }
    }

    private static func words(_ entries: Set<OrgPermissionSet.Entry>) -> String {
        let byType = Dictionary(grouping: entries, by: \.type).mapValues(\.count)
        return byType.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}

extension RuleSet {
    /// The role that the set alone is worth; `nil` for none.
    fileprivate func role(of set: OrgPermissionSet) -> Role? {
        let component = SalesforceFacts.Component(
            name: set.name, label: set.label, namespacePrefix: set.namespacePrefix, id: set.id)
        var facts = SalesforceFacts(emailVerified: true)
        (facts.permissionSets, facts.permissionSetGroups, facts.customPermissions) = ([component], [], [])
        // A profile that nobody has.
        facts.profile = SalesforceFacts.Component(name: "")
        do throws(AccessDenial) {
            return try decide(facts, now: Timestamp(milliseconds: 0)).role
        } catch {
            return nil
        }
    }
}
