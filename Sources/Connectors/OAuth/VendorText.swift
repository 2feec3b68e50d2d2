package import BridgeCore

/// What a vendor wrote for people, made fit to stand in a message of ours.
package enum VendorText {
    /// The text in one line without what traces the request, at most 200 scalars, and without `secrets`.
    package static func cleaned(_ text: String, hiding secrets: [Secret] = []) -> String {
        var text = text
        // Whoever answers may repeat what it was sent; a secret of three characters hides nothing.
        for secret in secrets.map(\.text) where secret.utf8.count > 3 {
            text = text.replacing(secret, with: "<secret>")
        }
        for mark in traces {
            if let trace = text.firstRange(of: mark) { text = String(text[..<trace.lowerBound]) }
        }
        return shown(words(of: text), upTo: 200)
    }

    /// Whether the bytes of an answer begin like HTML or XML: a page of a front door or a proxy.
    static func isPage(_ body: [UInt8]) -> Bool {
        body.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "<")
    }

    /// What Entra adds in lines of its own.
    private static let traces = ["Trace ID:", "Correlation ID:", "Timestamp:"]

    /// Control characters and any number of spaces between words become one space.
    private static func words(of text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
            .map { String($0) }.joined(separator: " ")
    }
}

extension Secret {
    /// The secret as text, to be compared with what others write, or to be written where it has to go.
    var text: String {
        withBytes { bytes in
            var copy: [UInt8] = []
            copy.reserveCapacity(bytes.count)
            for index in bytes.indices { copy.append(bytes[index]) }
            return String(decoding: copy, as: UTF8.self)
        }
    }
}
