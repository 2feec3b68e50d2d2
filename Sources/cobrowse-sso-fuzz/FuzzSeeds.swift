internal import BridgeTesting

/// The files that mutations start from.
struct FuzzSeeds {
    /// Their content, by the order of their names.
    let files: [(name: String, bytes: [UInt8])]

    /// - Throws: `SystemFailure` for a folder or file that cannot be read.
    init(of target: FuzzTarget) throws(SystemFailure) {
        var files: [(String, [UInt8])] = []
        for folder in target.folders {
            for name in try RepositoryFile.names(in: folder)
            where target.endings.isEmpty || target.endings.contains(where: name.hasSuffix) {
                files.append((name, try RepositoryFile("\(folder)/\(name)").bytes()))
            }
        }
        self.files = files
    }

    /// The case of that number, the same in every run: a seed with one to eight mutations.
    func make(_ number: UInt64, seed: UInt64, _ target: FuzzTarget) -> FuzzCase {
        var random = SeededGenerator(seed: seed &+ number &* 0x9E37_79B9_7F4A_7C15)
        let file = files[random.below(files.count)]
        var bytes = file.bytes
        for _ in 0...random.below(8) where random.below(3) > 0 || bytes == file.bytes {
            Mutation.apply(to: &bytes, using: &random)
        }
        let isRepaired = target.repair(&bytes, &random)
        return FuzzCase(seedName: file.name, bytes: bytes, isRepaired: isRepaired, isChanged: bytes != file.bytes)
    }
}

/// One file that is thrown at a parser.
struct FuzzCase {
    let seedName: String
    let bytes: [UInt8]
    /// Whether its check value fits.
    let isRepaired: Bool
    /// Whether it differs from the seed.
    let isChanged: Bool
}
