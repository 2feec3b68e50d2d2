internal import BridgeCore
internal import BridgeTesting

/// Writes DER as a PEM block, as it should be or in one of the ways in which programs and people get it wrong.
struct PEMLayout {
    private var label = "CERTIFICATE"
    private var endLabel = "CERTIFICATE"
    private var columns = 64
    private var lineEnd = "\n"
    private var afterLine = ""
    private var beforeLine = ""
    private var header = ""
    private var hasFinalLineEnd = true

    /// - Parameter oddities: how many things are to be out of the ordinary.
    init(oddities: Int, using random: inout SeededGenerator) {
        for _ in 0..<oddities { addOddity(using: &random) }
    }

    private mutating func addOddity(using random: inout SeededGenerator) {
        switch random.below(8) {
        case 0:
            label = random.one(of: Self.labels)
            endLabel = random.below(5) == 0 ? random.one(of: Self.labels) : label
        case 1, 2: columns = random.one(of: [1, 63, 65, 72, 76, 77, 100, 252, 253, 254, 255, 256, 300, 1 << 20])
        case 3: lineEnd = random.one(of: ["\r\n", "\r", "\n\n", "\r\r\n", "\n\r", "\u{0}\n", "\u{85}"])
        case 4: afterLine = random.one(of: [" ", "  ", "\t", "\u{1}", "\u{A0}", "\"", "="])
        case 5: beforeLine = random.one(of: [" ", "\t", "> ", "\"", "\u{FEFF}", "#"])
        case 6:
            header = random.one(of: [
                "Comment: a\n\n", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n",
                "Proc-Type: 4,MIC-CLEAR\n\n", "no header\n", "\n", "\n\n", "a: b\n", ":\n\n",
            ])
        default: hasFinalLineEnd = false
        }
    }

    private static let labels = [
        "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "PKCS7", "CMS", "PUBLIC KEY", "RSA PUBLIC KEY",
        "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "CERTIFICATE REQUEST", "X509 CRL", "certificate", "CERTIFICATE ",
        " CERTIFICATE", "", "ANY", "CERTIFICATE-", "CERTIFICATES", "EC PARAMETERS", "DH PARAMETERS", "PARAMETERS",
        "DSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "NEW CERTIFICATE REQUEST", "PKCS #7 SIGNED DATA", "PKCS12",
    ]

    /// The block.
    func text(_ der: [UInt8]) -> [UInt8] {
        var lines = ["-----BEGIN \(label)-----"]
        var rest = Base64.encode(der)[...]
        if !header.isEmpty { lines[0] += lineEnd + header.dropLast() }
        while !rest.isEmpty {
            lines.append(String(rest.prefix(columns)))
            rest = rest.dropFirst(columns)
        }
        lines.append("-----END \(endLabel)-----")
        let text = lines.map { beforeLine + $0 + afterLine }.joined(separator: lineEnd)
        return Array((text + (hasFinalLineEnd ? lineEnd : "")).utf8)
    }
}
