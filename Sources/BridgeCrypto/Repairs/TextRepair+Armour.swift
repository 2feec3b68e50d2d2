extension TextRepair {
    /// BEGIN and END markers with too few or too many dashes, or spaces where none belong.
    static let armour = TextRepair(words: "the BEGIN and END lines were put right") { bytes in
        ArmourMarker.rewrite(bytes) { marker, _, output in output.append(contentsOf: marker.canonical) }
    }

    /// Markers that share their line with something, as when a file was pasted into a field of one line.
    static let lines = TextRepair(words: "the BEGIN and END lines were put on lines of their own") { bytes in
        ArmourMarker.rewrite(bytes) { marker, next, output in
            let isAtStart = output.isEmpty || output.last == UInt8(ascii: "\n")
            if !isAtStart { output.append(UInt8(ascii: "\n")) }
            output.append(contentsOf: bytes[marker.range])
            let isAtEnd = next.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? true
            if !isAtEnd { output.append(UInt8(ascii: "\n")) }
        }
    }
}

/// `-----BEGIN LABEL-----` or `-----END LABEL-----`, or something that was meant for it.
struct ArmourMarker {
    let range: Range<Int>
    private let word: ArraySlice<UInt8>
    private let label: ArraySlice<UInt8>

    /// No label in use is longer.
    private static let longestLabel = 40
    private static let longestGap = 8

    /// Reads the marker whose dashes are `dashes`; `nil` where none follows them.
    init?(after dashes: Range<Int>, in bytes: [UInt8]) {
        var place = Self.skipBlanks(bytes, from: dashes.upperBound)
        let word = bytes[place...].prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
            .prefix(5)
        guard word.elementsEqual("BEGIN".utf8) || word.elementsEqual("END".utf8) else { return nil }
        place = Self.skipBlanks(bytes, from: word.endIndex)
        guard place > word.endIndex else { return nil }
        let label = bytes[place...].prefix(Self.longestLabel).prefix(while: Self.isLabel)
        guard !label.isEmpty else { return nil }
        guard let end = Self.endOfDashes(bytes, from: label.endIndex) else { return nil }
        range = dashes.lowerBound..<end
        self.word = word
        self.label = label.last == UInt8(ascii: " ") ? label.dropLast() : label
    }

    /// As OpenSSL wants it.
    var canonical: [UInt8] { PEMText.dashes + word + [UInt8(ascii: " ")] + label + PEMText.dashes }

    /// Copies `bytes`, with `replace` writing each marker to the output; it is told which byte follows the marker.
    ///
    /// - Returns: `nil` where nothing has changed.
    static func rewrite(
        _ bytes: [UInt8], _ replace: (ArmourMarker, _ next: UInt8?, inout [UInt8]) -> Void
    ) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard isDash(bytes[place]) else {
                output.append(bytes[place])
                place += 1
                continue
            }
            let dashes = place..<bytes[place...].prefix(while: isDash).endIndex
            if dashes.count >= 2, let marker = ArmourMarker(after: dashes, in: bytes) {
                place = marker.range.upperBound
                replace(marker, place < bytes.count ? bytes[place] : nil, &output)
            } else {
                output.append(contentsOf: bytes[dashes])
                place = dashes.upperBound
            }
        }
        return output == bytes ? nil : output
    }

    /// Where the dashes after a label end; where two markers touch, half of the dashes are the next one's.
    private static func endOfDashes(_ bytes: [UInt8], from place: Int) -> Int? {
        let end = bytes[place...].prefix(while: isDash).endIndex
        guard end - place >= 2 else { return nil }
        let isShared = bytes[end...].starts(with: "BEGIN ".utf8) || bytes[end...].starts(with: "END ".utf8)
        return isShared && end - place >= 4 ? place + (end - place) / 2 : end
    }

    private static func isDash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") }

    private static func skipBlanks(_ bytes: [UInt8], from place: Int) -> Int {
        bytes[place...].prefix(longestGap).prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.endIndex
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "),
            UInt8(ascii: "#"):
            true
        default: false
        }
    }
}
