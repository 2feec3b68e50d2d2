/// The command line of the comparison.
struct OracleArguments {
    private(set) var inputs: UInt64 = 100_000
    private(set) var seed: UInt64 = 1
    /// How many of the cases the program itself judges, too.
    private(set) var programs = 5000
    /// The one case to look at again.
    private(set) var onlyCase: UInt64?

    init(_ words: [String]) throws(OracleFailure) {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "--inputs": inputs = try Self.number(words.popFirst(), word)
            case "--seed": seed = try Self.number(words.popFirst(), word)
            case "--programs": programs = Int(try Self.number(words.popFirst(), word))
            case "--case": onlyCase = try Self.number(words.popFirst(), word)
            default: throw OracleFailure("\(word) is not understood: --inputs, --seed, --programs and --case are")
            }
        }
    }

    private static func number(_ word: String?, _ flag: String) throws(OracleFailure) -> UInt64 {
        guard let number = word.flatMap({ UInt32($0) }) else { throw OracleFailure("\(flag) needs a whole number") }
        return UInt64(number)
    }
}
