internal import BridgeTesting

/// Makes the cases of a target out of its seeds.
struct FuzzSeeds {
    let seeds: [FuzzSeed]

    init(of target: FuzzTarget) throws {
        seeds = try target.seeds()
    }

    /// The case of that number, the same in every run: a seed with one to eight mutations.
    func make(_ number: UInt64, seed: UInt64, _ target: FuzzTarget) -> FuzzCase {
        // Any odd factor but the generator's own, with which each case would go on as the next one begins.
        var random = SeededGenerator(seed: seed &+ number &* 0xD134_2543_DE82_EF95)
        let start = seeds[random.below(seeds.count)]
        var bytes = start.bytes
        for _ in 0...random.below(8) where random.below(3) > 0 || bytes == start.bytes {
            Mutation.apply(to: &bytes, using: &random)
        }
        let isRepaired = target.repair(&bytes, &random)
        return FuzzCase(seedName: start.name, bytes: bytes, isRepaired: isRepaired, isChanged: bytes != start.bytes)
    }
}

/// Input that is thrown at a parser.
struct FuzzCase {
    let seedName: String
    let bytes: [UInt8]
    /// Whether its check value fits.
    let isRepaired: Bool
    /// Whether it differs from the seed.
    let isChanged: Bool
}
