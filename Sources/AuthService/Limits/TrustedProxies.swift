package import BridgeCore

/// The proxies that are believed when they say for whom they speak.
package struct TrustedProxies: Sendable, Hashable {
    private let networks: [IPNetwork]

    package init(_ networks: [IPNetwork]) {
        self.networks = networks
    }

    /// Nobody is believed.
    package static let none = TrustedProxies([])

    package var isEmpty: Bool { networks.isEmpty }

    /// The address that a request comes from.
    ///
    /// Each proxy appends whom it was called by, so the list is read from its end: the first address that is no trusted
    /// proxy's is the last one that somebody believed has seen. What stands before it anybody may have written.
    /// - Parameters:
    ///   - peer: the numeric address of the connection.
    ///   - forwardedFor: the values of every `X-Forwarded-For` field, in the order of the request.
    /// - Returns: the peer's own where that is no trusted proxy, and where the list has no other address, or something
    ///   else in the place of it.
    package func source(peer: String, forwardedFor: [String]) -> String {
        guard !isEmpty, let address = IPAddress(zoned: peer), trusts(address) else { return peer }
        for value in forwardedFor.reversed() {
            for element in value.split(separator: ",").reversed() {
                let text = element.trimmed
                if text.isEmpty { continue }  // RFC 9110 §5.6.1.2
                guard let address = Self.address(text) else { return peer }
                if !trusts(address) { return address.description }
            }
        }
        return peer
    }

    private func trusts(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }

    /// The address of an element, with or without a port; an IPv6 address with one is in brackets.
    private static func address(_ text: Substring) -> IPAddress? {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]"), isPort(text[text.index(after: end)...]) else { return nil }
            let address = text[text.index(after: text.startIndex)..<end]
            return address.contains(":") ? IPAddress(address) : nil
        }
        guard let colon = text.firstIndex(of: ":"), text[..<colon].contains(".") else { return IPAddress(text) }
        return isPort(text[colon...]) ? IPAddress(text[..<colon]) : nil
    }

    /// Whether `text` is empty, or a colon and the number of a port.
    private static func isPort(_ text: Substring) -> Bool {
        guard let colon = text.first else { return true }
        let digits = text.dropFirst()
        return colon == ":" && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt16(digits) != nil
    }
}

extension Substring {
    /// Without the spaces and tabs around it.
    fileprivate var trimmed: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
