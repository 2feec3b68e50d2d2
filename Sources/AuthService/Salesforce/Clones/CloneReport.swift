internal import BridgeCore

/// What a sync has found out about clones of packaged permission sets: what an administrator may accept, and what has drifted
/// apart.
package struct CloneReport: Sendable, Hashable {
    package var proposals: [CloneProposal] = []
    package var drift: [SetDrift] = []
    /// The org's own sets that rules name by id, as long as they do; what each was proposed as, nobody could say later.
    package var accepted: [AcceptedClone] = []
    /// How many proposals and drifts more there are than are remembered.
    package var omittedCount = 0
    /// Why clones could not be looked for; `nil` where they could.
    package var unreadable: String?

    package init(
        proposals: [CloneProposal] = [], drift: [SetDrift] = [], accepted: [AcceptedClone] = [],
        unreadable: String? = nil
    ) {
        self.proposals = proposals
        self.drift = drift
        self.accepted = accepted
        self.unreadable = unreadable
    }

    /// What was accepted, and what may be accepted next.
    package var known: [AcceptedClone] {
        proposals.map { AcceptedClone(id: $0.id, label: $0.label, original: $0.original) } + accepted
    }

    /// How many of each are remembered.
    package static let largestCount = 100

    /// What weighs most of it first, and no more than is remembered.
    package var cut: CloneReport {
        var report = self
        let ordered = SetDrift.Kind.allCases.flatMap { kind in drift.filter { $0.kind == kind } }
        report.proposals = Array(proposals.prefix(Self.largestCount))
        report.drift = Array(ordered.prefix(Self.largestCount))
        report.omittedCount = proposals.count - report.proposals.count + ordered.count - report.drift.count
        return report
    }
}

/// A set of the org's own that a rule names by its id.
package struct AcceptedClone: Sendable, Hashable {
    package let id: SalesforceID
    package let label: String
    /// The packaged set that it is a clone of: `PREFIX__NAME`; `nil` where it never was one.
    package let original: String?

    package init(id: SalesforceID, label: String, original: String?) {
        self.id = id
        self.label = label
        self.original = original
    }
}

/// A set of the org's own that has the very content of a packaged one. It counts for nothing until an administrator says so
/// by a rule on its id.
package struct CloneProposal: Sendable, Hashable {
    package let id: SalesforceID
    package let name: String
    package let label: String
    /// The packaged set: `PREFIX__NAME`.
    package let original: String
    /// What the packaged set is worth, and what the clone would be.
    package let role: Role

    package init(id: SalesforceID, name: String, label: String, original: String, role: Role) {
        self.id = id
        self.name = name
        self.label = label
        self.original = original
        self.role = role
    }

    /// The rule that accepts it.
    package var rule: Rule { Rule(.salesforcePermissionSet(id.value), role: role) }
}

/// Something about a permission set that an administrator should look at.
package struct SetDrift: Sendable, Hashable {
    /// Those first that weigh most.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A rule names a set by an id that the org has no more.
        case cloneGone
        /// An accepted clone lacks what the packaged set has by now.
        case cloneLacks
        /// People with a profile of the org's own have only one of original and clone.
        case onlyOneSet
        /// No rule knows a set whose name resembles one that rules know.
        case unknownName
    }

    package let kind: Kind
    package let id: SalesforceID
    package let label: String
    /// What is wrong and what to do, for people.
    package let detail: String

    package init(_ kind: Kind, id: SalesforceID, label: String, detail: String) {
        self.kind = kind
        self.id = id
        self.label = label
        self.detail = detail
    }
}
