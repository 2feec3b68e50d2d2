internal import BridgeCore

extension TextRepair {
    /// Base64 without BEGIN and END lines, wrapped or not, whose content tells what it is.
    static let bareBase64 = TextRepair(words: "the missing BEGIN and END lines were added") { bytes in
        guard let content = BareBase64.content(of: bytes[...]), let kind = EncodedKind(of: content) else { return nil }
        return Array(PEMBlock.text(label: kind.label, content).utf8)
    }

    /// A whole PEM file as base64, as Kubernetes and build servers keep it. Taken off once: there is no second layer.
    static let wrappedBase64 = TextRepair(words: "the base64 around the whole file was taken off") { bytes in
        guard let content = BareBase64.content(of: bytes[...]), EncodedKind(of: content) == nil else { return nil }
        let text = utf16.undo(content) ?? content
        return ByteSearch.first(Array("BEGIN ".utf8), in: text, from: 0) == nil ? nil : text
    }

    /// Blocks whose content is another thing than their label says: PKCS#7 that Windows writes as CERTIFICATE, a public
    /// key in the other of its two forms.
    static let labels = TextRepair(words: "the label of a block was made to say what is in it") { bytes in
        let blocks = PEMText.blocks(in: bytes, limit: FileSurvey.largestCount)
        var output: [UInt8] = []
        var isChanged = false
        for block in blocks where block.endLabel == block.label {
            guard let content = BareBase64.content(of: bytes[block.body]), let kind = EncodedKind(of: content) else {
                continue
            }
            if !kind.fits(block.label) { isChanged = true }
            output += Array(PEMBlock.text(label: kind.fits(block.label) ? block.label : kind.label, content).utf8)
        }
        return isChanged ? output : nil
    }
}

/// Text that is base64 and white space and nothing else.
enum BareBase64 {
    /// What it encodes; padding at the end may be missing. `nil` for other text, and for too little to be anything.
    static func content(of text: ArraySlice<UInt8>) -> [UInt8]? {
        var digits: [UInt8] = []
        digits.reserveCapacity(text.count + 3)
        for byte in text where !isWhiteSpace(byte) {
            guard isDigit(byte) else { return nil }
            digits.append(byte)
        }
        guard digits.count >= 40 else { return nil }
        if digits.last != UInt8(ascii: "=") {
            digits.append(contentsOf: repeatElement(UInt8(ascii: "="), count: (4 - digits.count % 4) % 4))
        }
        return Base64.decode(digits)
    }

    static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
