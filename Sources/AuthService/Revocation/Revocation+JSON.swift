package import BridgeCore

extension Revocation {
    /// Reads the body of `POST .../revocations`: one of `accountId`, `email`, `tokenId`, `tokenDigest`, `keyId` with a
    /// text, or `"all": true`, and `issuedBefore`, which is now where it is absent.
    package init(_ value: JSONValue, now: Timestamp) throws(DocumentError) {
        let kinds = Kind.allCases.map(\.rawValue)
        let object = try DocumentObject(value, at: "", names: kinds + ["issuedBefore"])
        let given = object.names.compactMap(Kind.init)
        guard given.count == 1, let kind = given.first else {
            throw DocumentError(
                at: "", "has to say what is revoked with exactly one member",
                hint: "one of \(kinds.joined(separator: ", "))")
        }
        let revoked = try Self.value(of: kind, in: object)
        guard object.names.contains("issuedBefore") else {
            self.init(kind, revoked, issuedBefore: now)
            return
        }
        self.init(kind, revoked, issuedBefore: try Self.time(try object.text("issuedBefore"), now: now))
    }

    /// Reads the time before which tokens are revoked, RFC 3339: at most a day and a minute ago, when the last of them
    /// has expired, and at most a day ahead.
    package static func time(
        _ text: String, at place: String = "issuedBefore", now: Timestamp
    ) throws(DocumentError) -> Timestamp {
        guard let time = Timestamp(rfc3339: text) else {
            throw DocumentError(
                at: place, "\(quoted(text)) is no time", hint: "write it like 2026-11-20T09:30:00Z (RFC 3339)")
        }
        guard time > now.adding(seconds: -TokenTimes.longestLife - TokenTimes.skew) else {
            throw DocumentError(
                at: place, "\(time) is too long ago: every token issued before it has expired",
                hint: "leave it out to revoke what was issued until now")
        }
        guard time <= now.adding(seconds: TokenTimes.longestLife) else {
            throw DocumentError(
                at: place, "\(time) lies more than a day ahead", hint: "disable the account to keep a person out")
        }
        return time
    }

    private static func value(of kind: Kind, in object: DocumentObject) throws(DocumentError) -> String {
        let place = object.place(of: kind.rawValue)
        if kind == .all {
            guard try object.value(kind.rawValue).boolValue == true else {
                throw DocumentError(at: place, "has to be true", hint: "or leave it out and name what is revoked")
            }
            return ""
        }
        return try kind.value(of: object.text(kind.rawValue), at: place)
    }
}

extension Revocation.Kind {
    /// What somebody wrote, in the form that tokens are compared with; `place` names it in the error.
    package func value(of text: String, at place: String) throws(DocumentError) -> String {
        guard let value = comparedForm(of: text) else {
            throw DocumentError(at: place, "\(quoted(text)) is not \(form)")
        }
        return value
    }

    /// The form that tokens are compared with, or `nil` where no token can have the value.
    fileprivate func comparedForm(of text: String) -> String? {
        switch self {
        case .account: text.hasPrefix("acc_") && text.dropFirst(4).isLowerHex(count: 32) ? text : nil
        case .email: EmailAddress(text)?.value
        case .tokenID: text.utf8.count <= 512 ? text : nil
        case .tokenDigest: text.isLowerHex(count: 64) ? text : nil
        case .keyID: Base64URL.decode(text.utf8)?.count == 32 ? text : nil
        case .all: ""
        }
    }

    /// What a value has to be, in words.
    fileprivate var form: String {
        switch self {
        case .account: "the id of an account, acc_ and 32 lower-case hexadecimal digits"
        case .email: "an e-mail address"
        case .tokenID: "a token id of at most 512 bytes; a token with a longer one is revoked by its digest"
        case .tokenDigest: "the SHA-256 of a token, 64 lower-case hexadecimal digits"
        case .keyID: "the id of a key, 43 characters of base64url"
        case .all: "true"
        }
    }
}

extension StringProtocol {
    fileprivate func isLowerHex(count: Int) -> Bool {
        utf8.count == count && utf8.allSatisfy { Hex.value(of: $0) != nil && !(0x41...0x46).contains($0) }
    }
}

extension JSONWriter {
    /// Writes a revocation as it is answered and listed, with the time from when on it is dropped.
    package mutating func revocation(_ revocation: Revocation) {
        object { revocation.writeMembers(to: &$0) }
    }
}

extension Revocation {
    /// Writes the members into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        if kind == .all { writer.member(kind.rawValue, true) } else { writer.member(kind.rawValue, value) }
        writer.member("issuedBefore", issuedBefore.description)
        writer.member("expiresAt", expiresAt.description)
    }

    /// The same as a tree, for the audit trail.
    package var document: JSONValue {
        let named: JSONValue = kind == .all ? .bool(true) : .string(value)
        return .object([
            JSONMember(name: kind.rawValue, value: named),
            JSONMember(name: "issuedBefore", value: .string(issuedBefore.description)),
            JSONMember(name: "expiresAt", value: .string(expiresAt.description)),
        ])
    }
}
