/// What the rounds of a run came to.
struct Figure {
    private let sorted: [Double]

    /// - Parameter samples: one a round, at least one.
    init(_ samples: [Double]) {
        sorted = samples.sorted()
    }

    var smallest: Double { sorted.first ?? .nan }
    var largest: Double { sorted.last ?? .nan }
    /// The middle one, or the mean of the two in the middle.
    var median: Double {
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// `value` with so many decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((value.magnitude * scale).rounded())
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + grouped(whole) }
    let digits = String(rest)
    return sign + grouped(whole) + "." + String(repeating: "0", count: decimals - digits.count) + digits
}

/// `value` with the decimals that its size leaves room for.
func shown(_ value: Double) -> String {
    switch value.magnitude {
    case ..<10: fixed(value, 3)
    case ..<1000: fixed(value, 1)
    default: fixed(value, 0)
    }
}

/// Digits in groups of three.
private func grouped(_ number: Int) -> String {
    var text = String(number)
    var index = text.count - 3
    while index > 0 {
        text.insert(",", at: text.index(text.startIndex, offsetBy: index))
        index -= 3
    }
    return text
}
