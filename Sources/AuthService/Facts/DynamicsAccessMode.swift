extension DynamicsFacts {
    /// What kind of user a system user is (`accessmode`).
    package struct AccessMode: Sendable, Hashable {
        /// The number of the column.
        package let number: Int64

        package init(number: Int64) {
            self.number = number
        }

        package static let readWrite = AccessMode(number: 0)

        /// Whether people have it: Read-Write, Administrative, Read. The others are for Microsoft's support, for
        /// programs, and for administrators of partners; what is not known is none of people's.
        package var isPersons: Bool { (0...2).contains(number) }

        /// The label that Dynamics 365 shows.
        package var label: String { Self.names(of: number)?.label ?? "\(number)" }

        /// As documents write it: `read-write`, or the number where it has no name.
        package var name: String { Self.names(of: number)?.name ?? "\(number)" }

        /// Reads what `name` writes; `nil` for anything else.
        package init?(name: String) {
            if let place = Self.all.firstIndex(where: { $0.name == name }) {
                number = Int64(place)
            } else if let number = Int64(name), "\(number)" == name, Self.names(of: number) == nil {
                self.number = number
            } else {
                return nil
            }
        }

        /// By their numbers.
        private static let all: [(name: String, label: String)] = [
            ("read-write", "Read-Write"), ("administrative", "Administrative"), ("read", "Read"),
            ("support-user", "Support User"), ("non-interactive", "Non-interactive"),
            ("delegated-admin", "Delegated Admin"),
        ]

        private static func names(of number: Int64) -> (name: String, label: String)? {
            all.indices.contains(Int(clamping: number)) ? all[Int(clamping: number)] : nil
        }

        /// The names there are.
        static let knownNames = all.map(\.name)
    }
}
