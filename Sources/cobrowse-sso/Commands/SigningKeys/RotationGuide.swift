internal import AuthService
internal import BridgeCore

/// What the operator has to do once a new key is made.
///
/// Whoever reads the key set of the bridge needs nothing. Cobrowse's settings hold one public key: for Cobrowse the
/// change is the moment at which the new one is pasted there.
enum RotationGuide {
    /// What a rotation would do.
    static func trial(_ change: KeyRingChange) -> String {
        guard case .replace = change.event else {
            return change.added?.state == .current
                ? "would make the first signing key" : "would make a next key; the current one goes on signing"
        }
        let removed = change.removed.joined(separator: ", ")
        return "would make a new current key and remove \(removed.isEmpty ? "none" : removed)"
    }

    /// The steps, for standard error.
    static func text(_ change: KeyRingChange, _ list: SigningKeyList) -> String {
        let steps = steps(change, list).enumerated().map { "  \($0 + 1). \($1)" }
        return ([heading(change)] + steps).joined(separator: "\n") + "\n"
    }

    private static func heading(_ change: KeyRingChange) -> String {
        let id = change.added?.key.id ?? ""
        switch (change.event, change.added?.state) {
        case (.replace, _): return "\(id) signs from now on; every token of the keys before is refused. What is left:"
        case (_, .current): return "\(id) is the first key and signs at once. What is left:"
        default: return "\(id) is published and signs once it is promoted. What is left:"
        }
    }

    /// The steps one by one.
    static func steps(_ change: KeyRingChange, _ list: SigningKeyList) -> [String] {
        let paste = "paste the PEM into the JWT settings of each Cobrowse account that trusts this bridge"
        switch change.after.next {
        case nil where change.isEmergency:
            return ["\(paste), now: until then Cobrowse trusts the old key and no other"]
        case nil: return [paste]
        case _?:
            let allowed = list.item(.next)?.allowedFrom.map { ", not before \($0)" } ?? ""
            return [
                "\(paste)\(allowed); from here to step 3 Cobrowse refuses what the bridge signs",
                "probe: cobrowse-sso key promote --probe EMAIL --license L prints a token that Cobrowse has to accept; "
                    + "if it does not, paste the PEM of the current key again (key list --json)",
                "cobrowse-sso key promote; to take it back, key promote --back and paste the PEM of that key",
                "when its tokens have expired: cobrowse-sso key retire (key list says from when)",
            ]
        }
    }
}

extension Output {
    /// Keeps the answer to a change of the signing keys.
    func keyRingChange(_ change: KeyRingChange, _ list: SigningKeyList, isDryRun: Bool, steps: [String] = []) {
        json { writer in
            writer.object { writer in
                writer.keyRingChangeMembers(change, list)
                if !steps.isEmpty {
                    writer.name("steps")
                    writer.array { writer in
                        for step in steps { writer.string(step) }
                    }
                }
                writer.member("dryRun", isDryRun)
            }
        }
    }
}
