/// Records of a million revocations without an object each: bytes in chunks, named by their place.
///
/// A record is six bytes and its value: kind and length in two, `issuedBefore` as seconds since 1970 in four, all with
/// the lowest byte first. Chunks bound how much is copied when one grows or is tidied up.
struct RevocationRecords {
    private struct Chunk {
        var bytes: [UInt8] = []
        /// No record has an earlier time.
        var earliest: UInt32 = .max
    }

    /// Where a record stands: the number of its chunk, and its first byte in there.
    struct Place: Equatable {
        /// The chunk in the upper half.
        let packed: UInt32

        init(packed: UInt32) { self.packed = packed }
        fileprivate init(_ chunk: Int, _ offset: Int) { packed = UInt32(chunk) << 16 | UInt32(offset) }
        fileprivate var chunk: Int { Int(packed >> 16) }
        fileprivate var offset: Int { Int(packed & 0xFFFF) }
    }

    /// What became of a record when its chunk was tidied up.
    struct Move {
        let kind: UInt8
        let hash: UInt32
        let from: Place
        /// `nil` where it was dropped.
        let to: Place?
    }

    private var chunks: [Chunk] = []
    /// The chunk that records are added to.
    private var current: Int?
    /// Chunks without a record, apart from that one.
    private var free: [Int] = []
    private static let chunkSize = 1 << 16
    private static let headSize = 6
    /// No value is longer: a token has 8 KiB, and its claims are three quarters of that.
    static let longestValue = 0x1FFF

    /// How many chunks there are.
    var chunkCount: Int { chunks.count }

    /// Bytes of memory.
    var byteSize: Int {
        chunks.reduce(chunks.capacity * MemoryLayout<Chunk>.stride + free.capacity * 8) { $0 + $1.bytes.capacity + 32 }
    }

    /// Adds a record; `nil` when 65,536 chunks are full, which is 4 GiB.
    mutating func append(_ kind: UInt8, _ value: borrowing Span<UInt8>, _ time: UInt32) -> Place? {
        let size = Self.headSize + value.count
        guard let chunk = chunk(withRoomFor: size) else { return nil }
        let place = Place(chunk, chunks[chunk].bytes.count)
        chunks[chunk].earliest = min(chunks[chunk].earliest, time)
        let head = UInt16(kind) << 13 | UInt16(value.count)
        chunks[chunk].bytes.append(UInt8(truncatingIfNeeded: head))
        chunks[chunk].bytes.append(UInt8(truncatingIfNeeded: head >> 8))
        for shift in [UInt32(0), 8, 16, 24] { chunks[chunk].bytes.append(UInt8(truncatingIfNeeded: time >> shift)) }
        for index in value.indices { chunks[chunk].bytes.append(value[index]) }
        return place
    }

    /// Whether the record at `place` is of that kind and value.
    func matches(_ place: Place, _ kind: UInt8, _ value: borrowing Span<UInt8>) -> Bool {
        let bytes = chunks[place.chunk].bytes
        guard head(at: place.offset, of: bytes.span) == UInt16(kind) << 13 | UInt16(value.count) else { return false }
        let start = place.offset + Self.headSize
        for index in value.indices where bytes[start + index] != value[index] { return false }
        return true
    }

    /// The time of the record at `place`.
    func time(at place: Place) -> UInt32 {
        let bytes = chunks[place.chunk].bytes
        return time(at: place.offset, of: bytes.span)
    }

    /// Changes the time of the record at `place`, to a later one.
    mutating func setTime(_ time: UInt32, at place: Place) {
        for index in 0..<4 {
            chunks[place.chunk].bytes[place.offset + 2 + index] = UInt8(truncatingIfNeeded: time >> UInt32(8 * index))
        }
    }

    /// Whether a chunk may have records of `limit` or before.
    func isStale(chunk: Int, limit: UInt32) -> Bool { chunks[chunk].earliest <= limit }

    /// Drops the records of a chunk with a time of `limit` or before, and gives their memory back.
    ///
    /// - Returns: the records that do not stay where they are.
    mutating func tidy(chunk: Int, limit: UInt32) -> [Move] {
        let old = chunks[chunk].bytes
        var kept = Chunk()
        kept.bytes.reserveCapacity(liveSize(chunk: chunk, limit: limit))
        var moves: [Move] = []
        var offset = 0
        while offset < old.count {
            let end = offset + size(at: offset, of: old.span)
            let time = time(at: offset, of: old.span)
            let place = time > limit ? Place(chunk, kept.bytes.count) : nil
            if place != Place(chunk, offset) {
                let kind = UInt8(head(at: offset, of: old.span) >> 13)
                let hash = hash(at: offset, of: old.span)
                moves.append(Move(kind: kind, hash: hash, from: Place(chunk, offset), to: place))
            }
            if place != nil {
                kept.earliest = min(kept.earliest, time)
                kept.bytes.append(contentsOf: old[offset..<end])
            }
            offset = end
        }
        chunks[chunk] = kept
        if kept.bytes.isEmpty, !old.isEmpty, chunk != current { free.append(chunk) }
        return moves
    }

    private func liveSize(chunk: Int, limit: UInt32) -> Int {
        let bytes = chunks[chunk].bytes
        var (offset, live) = (0, 0)
        while offset < bytes.count {
            let size = size(at: offset, of: bytes.span)
            if time(at: offset, of: bytes.span) > limit { live += size }
            offset += size
        }
        return live
    }

    private mutating func chunk(withRoomFor size: Int) -> Int? {
        if let current, chunks[current].bytes.count + size <= Self.chunkSize { return current }
        if free.isEmpty {
            guard chunks.count < 1 << 16 else { return nil }
            free.append(chunks.count)
            chunks.append(Chunk())
        }
        let chunk = free.removeLast()
        // The first one grows with what is in it: most tenants have few revocations.
        if chunks.count > 1 { chunks[chunk].bytes.reserveCapacity(Self.chunkSize) }
        current = chunk
        return chunk
    }

    private func head(at offset: Int, of bytes: borrowing Span<UInt8>) -> UInt16 {
        UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }

    private func time(at offset: Int, of bytes: borrowing Span<UInt8>) -> UInt32 {
        var time: UInt32 = 0
        for index in 0..<4 { time |= UInt32(bytes[offset + 2 + index]) << UInt32(8 * index) }
        return time
    }

    private func size(at offset: Int, of bytes: borrowing Span<UInt8>) -> Int {
        Self.headSize + Int(head(at: offset, of: bytes) & UInt16(Self.longestValue))
    }

    private func hash(at offset: Int, of bytes: borrowing Span<UInt8>) -> UInt32 {
        let end = offset + size(at: offset, of: bytes)
        return Self.hash(UInt8(head(at: offset, of: bytes) >> 13), bytes.extracting(offset + Self.headSize..<end))
    }

    /// The hash of a kind and a value, keyed anew in every process, so that nobody can aim at one.
    static func hash(_ kind: UInt8, _ value: borrowing Span<UInt8>) -> UInt32 {
        var hasher = Hasher()
        hasher.combine(UInt64(value.count) << 8 | UInt64(kind))
        var index = 0
        while index < value.count {
            var word: UInt64 = 0
            for byte in index..<min(index + 8, value.count) { word = word << 8 | UInt64(value[byte]) }
            hasher.combine(word)
            index += 8
        }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }
}
