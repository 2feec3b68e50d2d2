/// One of the two alphabets of RFC 4648, with its encoder and the table that decoders use.
struct Base64Alphabet: Sendable {
    static let standard = Base64Alphabet(lastTwo: "+", "/")
    static let urlSafe = Base64Alphabet(lastTwo: "-", "_")

    private let characters: [UInt8]

    private init(lastTwo sixtyTwo: Unicode.Scalar, _ sixtyThree: Unicode.Scalar) {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        characters = Array(letters.utf8) + [UInt8(ascii: sixtyTwo), UInt8(ascii: sixtyThree)]
    }

    /// The value of each character; 0xFF for all others.
    var sextets: [UInt8] {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (index, character) in characters.enumerated() { table[Int(character)] = UInt8(index) }
        return table
    }

    /// Appends the text of `bytes`, with `=` at the end where `padding` is asked for.
    func encode(_ bytes: borrowing Span<UInt8>, padding: Bool, appendingTo output: inout [UInt8]) {
        output.reserveCapacity(output.count + (bytes.count + 2) / 3 * 4)
        var index = 0
        while index + 2 < bytes.count {
            let (a, b, c) = (bytes[index], bytes[index + 1], bytes[index + 2])
            output.append(characters[Int(a >> 2)])
            output.append(characters[Int((a & 0x03) << 4 | b >> 4)])
            output.append(characters[Int((b & 0x0F) << 2 | c >> 6)])
            output.append(characters[Int(c & 0x3F)])
            index += 3
        }
        let rest = bytes.count - index
        guard rest > 0 else { return }
        let (a, b) = (bytes[index], rest == 2 ? bytes[index + 1] : 0)
        output.append(characters[Int(a >> 2)])
        output.append(characters[Int((a & 0x03) << 4 | b >> 4)])
        if rest == 2 { output.append(characters[Int((b & 0x0F) << 2)]) }
        if padding { output.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - rest)) }
    }
}
