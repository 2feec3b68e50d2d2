/// Finds what a name stands for among the few that rules ask about, for each of the many that a person has.
///
/// Ids are equal by their 18-character form; names and labels by their letters without regard to case, as SOQL
/// compares. A person of a large org has hundreds of names of which one or two matter, so nearly all of them are turned
/// away by their length and their ends, without being read.
struct NameIndex: Sendable {
    private var names: [String: Int] = [:]  // ASCII, in lower case
    private var ids: [SalesforceID: Int] = [:]
    private var others: [(name: String, value: Int)] = []  // in lower case, with letters beyond ASCII
    private var endsOfNames = EndsFilter()
    private var endsOfIDs = EndsFilter()

    /// The smallest value that any name stands for; `nil` where there is none.
    private(set) var smallestValue: Int?

    var isEmpty: Bool { names.isEmpty && ids.isEmpty && others.isEmpty }

    /// Whether something in it is asked for by anything but its id.
    var hasNames: Bool { !(names.isEmpty && others.isEmpty) }

    /// Has `name` stand for `value`, unless it stands for a smaller one already.
    mutating func insert(_ name: String, _ value: Int) {
        smallestValue = lower(smallestValue, value)
        if let id = SalesforceID(ofComponent: name) {
            ids[id] = min(ids[id] ?? value, value)
            endsOfIDs.insert(id.value.utf8.span.extracting(first: 15))
            return
        }
        let folded = name.lowercased()
        guard folded.utf8.allSatisfy({ $0 < 0x80 }) else { return others.append((folded, value)) }
        names[folded] = min(names[folded] ?? value, value)
        endsOfNames.insert(folded.utf8.span)
    }

    /// The smallest value that `name` stands for; `nil` for none.
    func value(of name: String) -> Int? {
        var found: Int?
        let bytes = name.utf8.span
        if endsOfNames.mayContain(bytes) { found = names[name.lowercased()] }
        if !ids.isEmpty, endsOfIDs.mayContain(bytes.extracting(first: 15)), let id = SalesforceID(ofComponent: name),
            let value = ids[id]
        {
            found = min(found ?? value, value)
        }
        if !others.isEmpty {
            let folded = name.lowercased()
            for other in others where other.name == folded { found = min(found ?? other.value, other.value) }
        }
        return found
    }
}

/// Tells most texts that were not inserted from those that were, by length, first and last byte; letters of either case
/// are the same to it.
private struct EndsFilter: Sendable {
    private var marks: InlineArray<4, UInt64> = [0, 0, 0, 0]

    mutating func insert(_ text: borrowing Span<UInt8>) {
        let place = Self.place(text)
        marks[place >> 6] |= 1 << (place & 63)
    }

    func mayContain(_ text: borrowing Span<UInt8>) -> Bool {
        let place = Self.place(text)
        return marks[place >> 6] & (1 << (place & 63)) != 0
    }

    /// 0 to 255.
    private static func place(_ text: borrowing Span<UInt8>) -> Int {
        guard !text.isEmpty else { return 0 }
        let (first, last) = (text[0] | 0x20, text[text.count - 1] | 0x20)
        let mixed =
            UInt32(truncatingIfNeeded: text.count) &* 0x9E37_79B1 &+ UInt32(first) &* 0x85EB_CA6B
            &+ UInt32(last) &* 0xC2B2_AE35
        return Int(mixed >> 24)
    }
}
