internal import AuthService

/// Who has what of all that rules ask for, in a few bytes a person: most people have one of a few combinations.
struct Holdings<Thing: Hashable & Sendable>: Sendable {
    /// All that was looked at.
    private var all: [Thing] = []
    /// Places in `all`, in order; the first is the empty combination.
    private var combinations: [[Int]] = [[]]
    private var places: [[Int]: UInt32] = [[]: 0]
    private var byPerson: [PersonKey: UInt32] = [:]
    /// What rules make of each combination.
    private var outcomes: [RuleOutcome?] = [nil]

    /// Takes note of people who have something.
    mutating func add(_ thing: Thing, to people: [PersonKey]) {
        let place = all.firstIndex(of: thing) ?? all.count
        if place == all.count { all.append(thing) }
        // Of those who come together nearly all had the same before.
        var (last, next): (UInt32, UInt32) = (.max, 0)
        for person in people {
            let before = byPerson[person] ?? 0
            if before != last { (last, next) = (before, combination(before, with: place)) }
            byPerson[person] = next
        }
    }

    private mutating func combination(_ number: UInt32, with place: Int) -> UInt32 {
        var members = combinations[Int(number)]
        guard !members.contains(place) else { return number }
        members.append(place)
        members.sort()
        if let known = places[members] { return known }
        let next = UInt32(combinations.count)
        combinations.append(members)
        outcomes.append(nil)
        places[members] = next
        return next
    }

    /// What the person has.
    func things(of person: PersonKey) -> [Thing] {
        combinations[Int(byPerson[person] ?? 0)].map { all[$0] }
    }

    /// What `decide` makes of what the person has; it is asked once for each combination.
    mutating func outcome(of person: PersonKey, _ decide: ([Thing]) -> RuleOutcome) -> RuleOutcome {
        let number = Int(byPerson[person] ?? 0)
        if let known = outcomes[number] { return known }
        let outcome = decide(things(of: person))
        outcomes[number] = outcome
        return outcome
    }
}
