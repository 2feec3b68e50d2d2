internal import BridgeCore
internal import BridgeCrypto

extension Keystore {
    /// The entry called `alias`; a failure that says which there are otherwise.
    ///
    /// - Parameter name: what messages call the file.
    func namedEntry(_ alias: String, in name: String) throws(CommandFailure) -> KeystoreEntry {
        if let entry = entry(alias) { return entry }
        let isAmbiguous = entries.contains { $0.alias.lowercased() == alias.lowercased() }
        throw CommandFailure(
            .notFound,
            "\(name) has \(isAmbiguous ? "several entries" : "no entry") called \(Printable.quoted(alias))",
            hint: entriesHint)
    }

    /// What its entries are called, for hints.
    var entriesHint: String {
        let shown = entries.prefix(20).map { Printable.quoted($0.alias) }.joined(separator: ", ")
        return entries.isEmpty ? "it is empty" : "it has \(shown)\(entries.count > 20 ? " and more" : "")"
    }
}
