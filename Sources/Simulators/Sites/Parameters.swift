/// The parameters of a query or a form, each of which may stand there once.
struct Parameters: Sendable {
    /// Why a text is no list of parameters.
    enum Problem: Error, Hashable {
        /// Something is not `name=value`, or cannot be decoded.
        case malformed
        /// The name stands there twice.
        case repeated(String)
    }

    /// In the order of the text.
    let list: [(name: String, value: String)]

    init(_ list: [(name: String, value: String)]) { self.list = list }

    /// - Parameter isForm: whether `+` is a space.
    init(_ text: some StringProtocol, isForm: Bool) throws(Problem) {
        var list: [(name: String, value: String)] = []
        for pair in text.split(separator: "&", omittingEmptySubsequences: true) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decode(halves[0], isForm: isForm),
                let value = PercentText.decode(halves.count == 2 ? halves[1] : "", isForm: isForm)
            else { throw .malformed }
            guard !list.contains(where: { $0.name == name }) else { throw .repeated(name) }
            list.append((name, value))
        }
        self.list = list
    }

    /// The value under `name`; `nil` where it is absent or empty.
    subscript(name: String) -> String? {
        guard let value = list.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
        return value
    }

    /// The text they are read from, without those in `left`.
    func encoded(without left: String...) -> String {
        list.filter { !left.contains($0.name) }
            .map { "\(PercentText.encode($0.name))=\(PercentText.encode($0.value))" }.joined(separator: "&")
    }
}
