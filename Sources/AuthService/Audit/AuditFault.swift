package import BridgeCore

/// Where the audit trail is not what was written, and what is wrong there.
package struct AuditFault: Sendable, Hashable {
    /// What is wrong.
    package enum Kind: Sendable, Hashable {
        /// The entries up to the one before `sequence` are not there, beginning with the given one.
        case missing(from: Int64)
        /// An entry stands behind one that is younger.
        case outOfOrder
        /// The line is not the one its hash was made of.
        case changed
        /// The line is no entry, though its hash is that of the line.
        case unreadable
        /// The line belongs to another place.
        case moved(from: Int64)
        /// The line does not follow the one before it: that one was replaced, or this one was put in.
        case unlinked
        /// The store files the entry under something else than its line says, and lists leave it out.
        case filedOtherwise(member: String)
        /// No entry has the hash that was noted: entries were cut off at the end, or written anew from some place on.
        case headMissing
    }

    /// The place: the number of the first entry that is not as it should be; of `headMissing` the last one there is.
    package let sequence: Int64
    /// When that entry was made, by its own account; `nil` where there is no entry.
    package let time: Timestamp?
    package let kind: Kind

    /// The kind in one word, for programs.
    package var word: String {
        switch kind {
        case .missing: "missing"
        case .outOfOrder: "outOfOrder"
        case .changed: "changed"
        case .unreadable: "unreadable"
        case .moved: "moved"
        case .unlinked: "unlinked"
        case .filedOtherwise: "filedOtherwise"
        case .headMissing: "headMissing"
        }
    }

    /// What is wrong, one clause in lower case.
    package var detail: String {
        switch kind {
        case .missing(let first) where first == sequence - 1: "the entry before it, \(first), is missing"
        case .missing(let first): "the entries before it, \(first) to \(sequence - 1), are missing"
        case .outOfOrder: "the entry stands behind a younger one"
        case .changed: "the entry was changed: its line does not fit its hash"
        case .unreadable: "the entry was replaced: its line is no audit entry"
        case .moved(let number): "the entry was moved: its line is that of entry \(number)"
        case .unlinked: "the entry does not follow the one before it, which was replaced, or this one was put in"
        case .filedOtherwise(let member): "the entry is filed with another \(member) than its line says"
        case .headMissing: "no entry has the noted hash: the end was cut off, or entries were written anew"
        }
    }
}
