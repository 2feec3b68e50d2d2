/// The command line of the runner.
struct FuzzArguments {
    /// A command line that is wrong.
    struct Usage: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var targets: [FuzzTarget] = []
    /// The number of the first case: a long run may be made in pieces.
    private(set) var first: UInt64 = 0
    private(set) var executions: UInt64 = 100_000
    private(set) var seed: UInt64 = 1
    /// The one case to run again.
    private(set) var onlyCase: UInt64?

    init(_ words: [String]) throws(Usage) {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "--from": first = try Self.number(words.popFirst(), word)
            case "--executions": executions = try Self.number(words.popFirst(), word)
            case "--seed": seed = try Self.number(words.popFirst(), word)
            case "--case": onlyCase = try Self.number(words.popFirst(), word)
            default:
                guard let target = FuzzTarget.all.first(where: { $0.name == word }) else {
                    let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
                    throw Usage(description: "\(word) is no parser: there are \(names)")
                }
                targets.append(target)
            }
        }
        if targets.isEmpty { targets = FuzzTarget.all }
    }

    private static func number(_ word: String?, _ flag: String) throws(Usage) -> UInt64 {
        guard let number = word.flatMap({ UInt64($0) }) else {
            throw Usage(description: "\(flag) needs a whole number")
        }
        return number
    }
}
