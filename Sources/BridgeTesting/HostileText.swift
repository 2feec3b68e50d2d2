/// Files that are made to keep a reader of certificates busy: something repeated to whatever size is asked for.
package struct HostileText: Sendable {
    package let name: String
    private let start: [UInt8]
    private let unit: [UInt8]
    private let end: [UInt8]

    /// The file of about that many bytes.
    package func bytes(_ size: Int) -> [UInt8] {
        var bytes = start
        while bytes.count + unit.count + end.count <= size { bytes += unit }
        return bytes + end
    }

    /// Every repetition in every frame.
    package static var all: [HostileText] {
        units.flatMap { unit in
            frames.map { frame in
                HostileText(
                    name: "\(unit.name), \(frame.name)", start: frame.start, unit: unit.bytes, end: frame.end)
            }
        }
    }

    private static let units: [(name: String, bytes: [UInt8])] = [
        ("dashes", text("-")), ("BEGIN lines", text("-----BEGIN CERTIFICATE-----\n")),
        ("BEGIN without an end", text("-----BEGIN ")), ("END lines", text("-----END CERTIFICATE-----\n")),
        ("markers that never end", text("--BEGIN CERTIFICATE ")), ("letters", text("A")),
        ("empty blocks", text("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")),
        ("blocks of a byte", text("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")),
        ("unknown blocks", text("-----BEGIN ANY-----\nMAA=\n-----END ANY-----\n")),
        ("private keys announced", text("PRIVATE KEY")), ("backslashes", text("\\")), ("escapes", text("\\u002")),
        ("quotes", text("\"")), ("nested quoting", text("\"\\\"\\\\\\\"")), ("operators", text("\"+")),
        ("marks", text("> ")), ("white space", text(" \t")), ("line ends", text("\n")),
        ("carriage returns", text("\r")),
        ("base64", text("QUFB")), ("base64 lines", text("QUFB\n")), ("NULs", [0]), ("em dashes", text("—")),
        ("lone surrogates", [0x00, 0xD8]), ("UTF-16", [0x41, 0x00]), ("bytes beyond ASCII", [0xE2, 0x80]),
        ("values of 8 bytes", [0x02, 0x06, 1, 2, 3, 4, 5, 6]), ("nested values", [0x30, 0x80]),
        ("values that promise 4 GiB", [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]), ("braces", text("{\"a\":")),
        ("angle brackets", text("<")),
    ]

    private static let block = text("\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")

    private static let frames: [(name: String, start: [UInt8], end: [UInt8])] = [
        ("alone", [], []), ("before a block", [], block),
        ("after a BEGIN line", text("-----BEGIN CERTIFICATE-----\n"), []),
        ("in a block", text("-----BEGIN CERTIFICATE-----\n"), text("\n-----END CERTIFICATE-----\n")),
        ("as UTF-16", [0xFF, 0xFE], []), ("in quotes", text("\""), text("\"")),
    ]

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }
}
