import Testing
import WebConsole

@Suite("The language of a page")
struct LanguageTests {
    static let rows: [(field: String?, language: Language)] = [
        (nil, .english), ("", .english), ("de", .german), ("DE-at", .german), ("de-CH-1996", .german), ("en", .english),
        ("fr", .english), ("fr, de;q=0.5", .german), ("fr;q=1, en;q=0.2, de;q=0.3", .german),
        ("de;q=0, en;q=0.1", .english),
        ("de;q=0", .english), ("en;q=0.8, de;q=0.9", .german), ("en;q=0.9, de;q=0.90", .english),
        ("de , en", .german), ("*, de;q=0.5", .english), ("*;q=0.1, de;q=0.2", .german), ("de;q=1.5", .german),
        ("de;q=x, en;q=0.1", .english), ("de;q=-1", .english), ("de;q=0.1234", .english), ("de;level=1;q=0.7", .german),
        ("den", .english), (";;,,=", .english), (String(repeating: "de;q=0.1,", count: 5_000), .german),
    ]

    @Test("is the one the browser likes best, of those there are", arguments: rows.indices)
    func negotiated(row: Int) {
        #expect(Language(accepting: Self.rows[row].field) == Self.rows[row].language, "\(Self.rows[row].field ?? "-")")
    }
}
