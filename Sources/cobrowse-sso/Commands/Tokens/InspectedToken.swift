internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// A token taken apart as far as it goes, good or bad.
struct InspectedToken {
    private let header: Part
    private let payload: Part
    /// In bytes; `nil` where it cannot be decoded.
    private let signatureSize: Int?
    /// What every verifier says about the form, whatever its keys.
    private let refusal: TokenRefusal?

    /// A part of the token: JSON, or text that is none.
    private enum Part {
        case json(JSONValue)
        case text(String)
        case undecodable

        init(_ characters: ArraySlice<UInt8>?) {
            guard let characters, let bytes = InspectedToken.decode(characters) else {
                self = .undecodable
                return
            }
            if let value = try? JSONValue(parsing: bytes) {
                self = .json(value)
            } else {
                self = .text(String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    /// - Throws: `token_malformed` when neither header nor payload can be decoded.
    init(_ compact: [UInt8]) throws(CommandFailure) {
        let parts = compact.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        header = Part(parts.first)
        payload = Part(parts.count > 1 ? parts[1] : nil)
        signatureSize = parts.count > 2 ? Self.decode(parts[2])?.count : nil
        do throws(TokenRefusal) {
            _ = try UnverifiedToken(compact.span)
            refusal = nil
        } catch {
            refusal = error
        }
        if case .json = header { return }
        if case .json = payload { return }
        throw CommandFailure(
            .tokenMalformed, "this is no token: neither header nor payload can be decoded",
            hint: "expected are three base64url parts with dots between them", exitStatus: .unreadableInput)
    }

    /// Decodes more than a verifier does: also padding and the other alphabet.
    private static func decode(_ characters: ArraySlice<UInt8>) -> [UInt8]? {
        guard !characters.isEmpty else { return nil }
        return Base64URL.decode(
            characters.filter { $0 != UInt8(ascii: "=") }.map { character in
                switch character {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: character
                }
            })
    }
}

extension InspectedToken {
    /// The claims that are times, with the names they have elsewhere.
    private var times: [(name: String, value: Timestamp?)] {
        [("issuedAt", "iat"), ("notBefore", "nbf"), ("expiresAt", "exp")].map { name, claim in
            guard case .json(let payload) = payload else { return (name, nil) }
            return (name, payload[claim]?.integerValue.map(Timestamp.init(seconds:)))
        }
    }

    /// What the policy claim means, or why it means nothing; `nil` where there is none.
    private var policy: Result<Policy, DocumentError>? {
        guard case .json(let payload) = payload, let value = payload["policy"] else { return nil }
        return Result { () throws(DocumentError) in try Policy(value, at: "policy") }
    }

    /// The page for people.
    var lines: [String] {
        var lines = ["UNVERIFIED", "", "header:"] + Self.lines(header) + ["", "payload:"] + Self.lines(payload)
        var list = FieldList()
        for time in times where time.value != nil { list.add(time.name, time.value?.description) }
        list.add("signature", signatureSize.map { "\($0) bytes" })
        list.add("form", refusal.map { "refused by every verifier, \($0.description)" } ?? "acceptable")
        if let policy { lines += ["", "policy:"] + Self.lines(policy) }
        lines += [""] + list.lines
        return lines
    }

    /// The object, `verified` first.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("verified", false)
            Self.write(header, "header", to: &writer)
            Self.write(payload, "payload", to: &writer)
            for time in times { writer.member(time.name, time.value?.description) }
            writer.name("policy")
            Self.write(policy, to: &writer)
            writer.name("signatureBytes")
            if let signatureSize { writer.integer(signatureSize) } else { writer.null() }
            writer.name("refusal")
            guard let refusal else { return writer.null() }
            writer.object { writer in
                writer.member("code", refusal.code.rawValue)
                writer.member("detail", refusal.detail)
            }
        }
    }

    private static func lines(_ part: Part) -> [String] {
        switch part {
        case .json(let value): IndentedJSON.lines(value).map(Printable.line)
        case .text(let text): [Printable.line(text)]
        case .undecodable: ["-"]
        }
    }

    private static func lines(_ policy: Result<Policy, DocumentError>) -> [String] {
        switch policy {
        case .success(let policy): policy.lines
        case .failure(let error): ["  cannot be understood, \(Printable.line(error.detail))"]
        }
    }

    /// Sentences and warnings, `null` where there is no policy; of one that cannot be understood, why.
    private static func write(_ policy: Result<Policy, DocumentError>?, to writer: inout JSONWriter) {
        switch policy {
        case .success(let policy): writer.policySummary(policy)
        case .failure(let error):
            writer.object { writer in
                writer.name("sentences")
                writer.array { _ in }
                writer.name("warnings")
                writer.array { $0.string("cannot be understood, \(error.detail)") }
            }
        case nil: writer.null()
        }
    }

    private static func write(_ part: Part, _ name: String, to writer: inout JSONWriter) {
        switch part {
        case .json(let value):
            writer.name(name)
            writer.value(value)
        case .text(let text):
            writer.member(name, nil as String?)
            writer.member("\(name)Text", text)
        case .undecodable: writer.member(name, nil as String?)
        }
    }
}
