package import BridgeCore

/// Why the signing keys stay as they are.
package struct KeyRingRefusal: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?
    /// From when the same would be allowed; `nil` where waiting does not help.
    package let allowedFrom: Timestamp?

    private init(_ code: ReasonCode, _ detail: String, hint: String?, allowedFrom: Timestamp? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
        self.allowedFrom = allowedFrom
    }

    /// Equal when code and time are: texts are for people.
    package static func == (left: KeyRingRefusal, right: KeyRingRefusal) -> Bool {
        (left.code, left.allowedFrom) == (right.code, right.allowedFrom)
    }

    static func nextExists(_ next: KeyRing.Key) -> KeyRingRefusal {
        KeyRingRefusal(
            .conflict, "there is a next key already, \(next.id), published since \(next.since)",
            hint: "go on with it: cobrowse-sso key promote; key list --json shows its PEM")
    }

    static let noNext = KeyRingRefusal(
        .notFound, "there is no next key to promote", hint: "make one first: cobrowse-sso key rotate")

    static func noPrevious(_ detail: String) -> KeyRingRefusal {
        KeyRingRefusal(.notFound, detail, hint: "cobrowse-sso key list shows the keys there are")
    }

    static func notPublishedLongEnough(_ next: KeyRing.Key, from allowed: Timestamp) -> KeyRingRefusal {
        KeyRingRefusal(
            .conflict,
            "the next key \(next.id) has been published since \(next.since) only; it may be promoted from \(allowed)",
            hint: "wait until \(allowed), or in an emergency the operator of the bridge overrides it: "
                + "cobrowse-sso key promote --emergency --yes",
            allowedFrom: allowed)
    }

    static func previousExists(
        _ previous: KeyRing.Key, from allowed: Timestamp, at now: Timestamp
    ) -> KeyRingRefusal {
        let isOver = now >= allowed
        return KeyRingRefusal(
            .conflict,
            "the previous key \(previous.id) is still there; "
                + (isOver ? "it may be retired now" : "it may be retired from \(allowed)"),
            hint: "retire it first\(isOver ? "" : " from \(allowed) on"): cobrowse-sso key retire; in an emergency the "
                + "operator of the bridge overrides it: cobrowse-sso key promote --emergency --yes",
            allowedFrom: allowed)
    }

    static func tokensLive(_ previous: KeyRing.Key, from allowed: Timestamp) -> KeyRingRefusal {
        KeyRingRefusal(
            .conflict,
            "tokens of the previous key \(previous.id) may still be in use; it may be retired from \(allowed)",
            hint: "wait until \(allowed), or in an emergency the operator of the bridge overrides it: "
                + "cobrowse-sso key retire --emergency --yes",
            allowedFrom: allowed)
    }
}
