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

        /// Whether the two are called the same, as rules compare names.
        func hasName(of other: OrgPermissionSet) -> Bool {
            self.set.label.lowercased() == other.label.lowercased()
                || self.set.name.lowercased() == other.name.lowercased()
        }
    }

    /// What is known of the org's own sets that rules name, or might.
    private let known: [SalesforceID: AcceptedClone]

    /// - Parameters:
    ///   - sets: of the org, without those of profiles and groups, and without those that mute.
    ///   - rules: of the tenant.
    ///   - before: what was found the last time.
    package init(_ sets: [OrgPermissionSet], rules: [Rule], after before: CloneReport? = nil) {
        self.rules = rules
        let ruleSet = RuleSet(rules)
        self.ruleSet = ruleSet
        originals = sets.filter { $0.isPackaged && !$0.content.isEmpty }.compactMap { set in
            (ruleSet.role(of: set) ?? Self.shipped.role(of: set)).map { Original(set: set, role: $0) }
        }
        known = Dictionary((before?.known ?? []).map { ($0.id, $0) }) { $1 }
    }

    /// The names that the Cobrowse package ships, whatever the tenant's rules are.
    private static let shipped = RuleSet(Rule.shipped)

    /// What there is to say of the org's own sets.
    package func report(on sets: [OrgPermissionSet]) -> CloneReport {
        var report = CloneReport()
        let named = Set(rules.compactMap(\.permissionSetID))
        let own = sets.filter { !$0.isPackaged }.sorted { $0.id.value < $1.id.value }
        for set in own {
            if named.contains(set.id) { report.accepted.append(accepted(set)) }
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
        let gone = known.values.filter { named.contains($0.id) }.filter { clone in !sets.contains { $0.id == clone.id }
        }
        .sorted { $0.id.value < $1.id.value }
        report.accepted += gone
        report.drift += gone.map(Self.drift)
        return report
    }

    private func accepted(_ set: OrgPermissionSet) -> AcceptedClone {
        let original = ruleSet.role(of: set).flatMap { self.original(of: set, worth: $0) }?.name
        return AcceptedClone(id: set.id, label: set.label, original: original ?? known[set.id]?.original)
    }

    /// The packaged set that has the very same content: of several the one that is worth least.
    private func original(of set: OrgPermissionSet) -> Original? {
        guard set.otherCount == 0 else { return nil }
        return originals.filter { $0.set.content == set.content }
            .min { ($0.role, $0.set.id.value) < ($1.role, $1.set.id.value) }
    }

    /// The packaged set that one with a role is a clone of: the one that it was proposed for, that has its name, or that it
    /// has everything of; `nil` for a set that rules name for a reason of their own, whatever it shares with others.
    private func original(of set: OrgPermissionSet, worth role: Role) -> Original? {
        if let name = known[set.id]?.original { return originals.first { $0.name == name } }
        let candidates = originals.filter { $0.role == role }
        return candidates.first { $0.hasName(of: set) }
            ?? candidates.filter { $0.set.content.isSubset(of: set.content) }
            .max { $0.set.content.count < $1.set.content.count }
    }

    /// The packaged set that one with a role is a clone of; `nil` for none.
    package func packagedSet(of set: OrgPermissionSet, worth role: Role) -> OrgPermissionSet? {
        original(of: set, worth: role)?.set
    }

    /// What a clone lacks of its original; `nil` for nothing.
    private func drift(of set: OrgPermissionSet, worth role: Role) -> SetDrift? {
        guard let original = original(of: set, worth: role) else { return nil }
        let missing = original.set.content.subtracting(set.content)
        guard !missing.isEmpty else { return nil }
        return SetDrift(
            .cloneLacks, id: set.id, label: set.label,
            detail: "lacks \(Self.words(missing)) that \(original.name) has by now: clone the packaged set anew, and "
                + "assign the new clone")
    }

    private static func drift(of gone: AcceptedClone) -> SetDrift {
        SetDrift(
            .cloneGone, id: gone.id, label: gone.label,
            detail: "is named by a rule, and the org has it no more: take the rule out, and accept the clone that is "
                + "assigned in its place")
    }

    private func unknownName(_ set: OrgPermissionSet) -> SetDrift? {
        let known = rules.compactMap { rule -> String? in
            if case .salesforcePermissionSet(let name) = rule.match, rule.permissionSetID == nil { name } else { nil }
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
        // What it gives by its name, and by what is in it.
        (facts.permissionSets, facts.permissionSetGroups, facts.customPermissions) = (
            [component], [], set.customPermissions
        )
        // A profile that nobody has.
        facts.profile = SalesforceFacts.Component(name: "")
        do throws(AccessDenial) {
            return try decide(facts, now: Timestamp(milliseconds: 0)).role
        } catch {
            return nil
        }
    }
}
