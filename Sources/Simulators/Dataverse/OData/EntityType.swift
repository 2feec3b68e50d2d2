/// A table as the Web API shows it.
struct EntityType: Sendable {
    /// The singular name: `systemuser`.
    let name: String
    /// As messages write it: `SystemUser`.
    let displayName: String
    /// The entity set: `systemusers`.
    let set: String
    let key: String
    let columns: [String: ODataType]
    /// The columns that address a row besides the key.
    let alternateKeys: Set<String>
    /// Collections, each with the name of the table it leads to.
    let navigations: [String: String]
    /// What reading it takes.
    let privilege: String

    init(
        _ name: String, displayName: String, set: String, key: String, privilege: String,
        columns: [String: ODataType], alternateKeys: Set<String> = [], navigations: [String: String] = [:]
    ) {
        (self.name, self.displayName, self.set, self.key) = (name, displayName, set, key)
        (self.privilege, self.alternateKeys, self.navigations) = (privilege, alternateKeys, navigations)
        self.columns = columns.merging([key: .guid]) { first, _ in first }
    }

    /// The same without the columns that an environment lacks.
    func without(_ missing: Set<String>) -> EntityType {
        EntityType(
            name, displayName: displayName, set: set, key: key, privilege: privilege,
            columns: columns.filter { !missing.contains($0.key) }, alternateKeys: alternateKeys,
            navigations: navigations)
    }
}
