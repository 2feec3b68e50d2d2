internal import BridgeCore
internal import BridgeTesting

/// A parser that mutated input is thrown at. To add one: a value in an extension, and its name in `all`.
struct FuzzTarget {
    let name: String
    /// What mutations start from.
    let seeds: () throws -> [FuzzSeed]
    /// Makes mutated input pass what would stop it early, such as a check value; returns whether it did.
    var repair: (inout [UInt8], inout SeededGenerator) -> Bool = { _, _ in false }
    /// Parses; returns `nil` when the input was accepted, and otherwise the code of the refusal.
    let parse: ([UInt8]) -> ReasonCode?
    /// Whether changed input that was not repaired can never be accepted.
    var isSealed = false
    /// Files that are tried once at the largest size that is read, before the mutations.
    var hostile: [HostileText] = []

    /// All targets, in the order they run without a name.
    static var all: [FuzzTarget] {
        [
            .jks, .pkcs12, .certificate, .text, .pkcs7, .privateKey, .jwk, .token, .claims, .json, .document,
            .signedRequest, .canvas, .record,
        ]
    }
}

/// Input that is as it should be, or wrong in a way that somebody thought of.
struct FuzzSeed {
    let name: String
    let bytes: [UInt8]

    /// The regular files in folders of the repository, by the order of their names; those whose name has one of the
    /// endings, or all.
    static func files(in folders: [String], endings: [String] = []) throws -> [FuzzSeed] {
        try folders.flatMap { folder in
            try RepositoryFile.names(in: folder)
                .filter { name in endings.isEmpty || endings.contains { name.hasSuffix($0) } }
                .map { FuzzSeed(name: $0, bytes: try RepositoryFile("\(folder)/\($0)").bytes()) }
        }
    }

    /// The first PEM block of the file without its armour, so that mutations reach what is in it; other files as they are.
    var unarmoured: FuzzSeed {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        let body = lines.drop { !$0.hasPrefix("-----BEGIN ") }.dropFirst().prefix { !$0.hasPrefix("-----END ") }
        guard !body.isEmpty, let der = Base64.decode(body.joined().utf8) else { return self }
        return FuzzSeed(name: name, bytes: der)
    }
}
