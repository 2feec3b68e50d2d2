/// What one of the two makes of a file.
enum Verdict: Equatable {
    /// The public key that is printed.
    case key([UInt8])
    case refused
}
