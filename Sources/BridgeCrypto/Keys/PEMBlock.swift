internal import BridgeCore

/// Writes PEM blocks as OpenSSL does: 64 columns, line feeds, a final line end.
enum PEMBlock {
    static func text(label: String, _ der: [UInt8]) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var rest = Base64.encode(der).utf8[...]
        while !rest.isEmpty {
            text += "\(Substring(rest.prefix(64)))\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }
}
