/// Finds the time that belongs to a kind and a value, exactly: the bytes themselves are compared.
///
/// Open addressing with linear probing, at most three quarters full. A slot holds the hash of its record in the upper
/// half and the place of the record plus one in the lower; 0 is free. So neither growing nor removing looks at records.
struct RevocationTable {
    private var slots: [UInt64] = []
    private var records = RevocationRecords()
    /// How many records there are of each kind, by the number of the kind.
    private(set) var counts = InlineArray<8, Int>(repeating: 0)

    /// How many records there are.
    private(set) var count = 0

    /// Bytes of memory.
    var byteSize: Int { slots.capacity * MemoryLayout<UInt64>.stride + records.byteSize }

    /// Makes room for so many records, so that the table does not grow while it is filled.
    mutating func reserve(_ count: Int) {
        var size = max(slots.count, 8)
        while size * 3 < count * 4 { size *= 2 }
        if size > slots.count { rehash(size) }
    }

    /// The time of a record, in seconds since 1970; `nil` where there is none.
    ///
    /// - Parameter hash: `RevocationRecords.hash` of the same kind and value.
    func time(_ kind: UInt8, _ value: borrowing Span<UInt8>, hash: UInt32) -> UInt32? {
        place(kind, value, hash: hash).map { records.time(at: $0) }
    }

    /// Adds a record, or brings the one that is there up to a later time.
    ///
    /// - Returns: whether anything is different.
    mutating func insert(_ kind: UInt8, _ value: borrowing Span<UInt8>, hash: UInt32, time: UInt32) -> Bool {
        if let place = place(kind, value, hash: hash) {
            guard records.time(at: place) < time else { return false }
            records.setTime(time, at: place)
            return true
        }
        reserve(count + 1)
        guard let place = records.append(kind, value, time) else { return false }
        occupy(Self.slot(hash, place))
        count += 1
        counts[Int(kind)] += 1
        return true
    }

    /// Drops what has a time of `limit` or before from the first chunk at or after `start` that holds any.
    ///
    /// One chunk a call, so that whoever waits for the table does not wait long.
    /// - Returns: where to go on; `nil` when all is done.
    mutating func tidy(from start: Int, limit: UInt32) -> Int? {
        guard start < records.chunkCount,
            let chunk = (start..<records.chunkCount).first(where: { records.isStale(chunk: $0, limit: limit) })
        else {
            shrink()
            return nil
        }
        for move in records.tidy(chunk: chunk, limit: limit) {
            guard let index = index(of: Self.slot(move.hash, move.from)) else { continue }
            if let place = move.to {
                slots[index] = Self.slot(move.hash, place)
            } else {
                vacate(index)
                count -= 1
                counts[Int(move.kind)] -= 1
            }
        }
        return chunk + 1
    }
}

extension RevocationTable {
    private static func slot(_ hash: UInt32, _ place: RevocationRecords.Place) -> UInt64 {
        UInt64(hash) << 32 | (UInt64(place.packed) + 1)
    }

    private var mask: Int { slots.count - 1 }

    /// Where a slot would stand if nothing were in its way.
    private func home(_ slot: UInt64) -> Int { Int(slot >> 32) & mask }

    private func place(
        _ kind: UInt8, _ value: borrowing Span<UInt8>, hash: UInt32
    ) -> RevocationRecords.Place? {
        if slots.isEmpty { return nil }
        var index = Int(hash) & mask
        while slots[index] != 0 {
            if UInt32(truncatingIfNeeded: slots[index] >> 32) == hash {
                let place = RevocationRecords.Place(packed: UInt32(truncatingIfNeeded: slots[index]) &- 1)
                if records.matches(place, kind, value) { return place }
            }
            index = (index + 1) & mask
        }
        return nil
    }

    private func index(of slot: UInt64) -> Int? {
        var index = home(slot)
        while slots[index] != 0 {
            if slots[index] == slot { return index }
            index = (index + 1) & mask
        }
        return nil
    }

    private mutating func occupy(_ slot: UInt64) {
        var index = home(slot)
        while slots[index] != 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    /// Frees a slot and moves up those behind it that would no longer be found (Knuth, TAOCP 3, 6.4, algorithm R).
    private mutating func vacate(_ index: Int) {
        var hole = index
        var next = (hole + 1) & mask
        while slots[next] != 0 {
            if (next - home(slots[next])) & mask >= (next - hole) & mask {
                slots[hole] = slots[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        slots[hole] = 0
    }

    private mutating func rehash(_ size: Int) {
        let old = slots
        slots = Array(repeating: 0, count: size)
        for slot in old where slot != 0 { occupy(slot) }
    }

    private mutating func shrink() {
        if count == 0 { return self = RevocationTable() }
        var size = slots.count
        while size > 8, count * 8 < size { size /= 2 }
        if size < slots.count { rehash(size) }
    }
}
