/// Counts the changes of each license, so that whoever has looked something up can tell whether it still holds.
///
/// A fixed number of counters shared by all licenses: two that meet in one make each other look again, no more. Which
/// do, nobody can aim at, because hashes are keyed anew in every process.
package struct LicenseMarks {
    /// How far the counters were when something was looked up.
    package struct Mark: Sendable, Hashable {
        fileprivate let all: UInt64
        fileprivate let own: UInt64
    }

    private var all: UInt64 = 0
    private var own = [UInt64](repeating: 0, count: 1_024)

    /// A mark to compare with later.
    func mark(of license: License) -> Mark { Mark(all: all, own: own[place(of: license)]) }

    /// Counts a change of one license.
    mutating func advance(_ license: License) { own[place(of: license)] &+= 1 }

    /// Counts a change of whatever there is.
    mutating func advanceAll() { all &+= 1 }

    private func place(of license: License) -> Int { Int(UInt(bitPattern: license.hashValue) % UInt(own.count)) }
}
