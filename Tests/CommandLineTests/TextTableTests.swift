import Testing

@testable import cobrowse_sso

@Suite("A table of text")
struct TextTableTests {
    private var table: TextTable {
        var table = TextTable("ALIAS", "KEY ID", "NOT AFTER")
        table.add("sf", "0123456789", nil)
        table.add("a longer alias", "", "2027-01-01")
        return table
    }

    @Test("aligns its columns and ends no line with spaces")
    func alignment() {
        #expect(
            table.lines(style: .plain) == [
                "ALIAS           KEY ID      NOT AFTER",
                "sf              0123456789  -",
                "a longer alias              2027-01-01",
            ])
    }

    @Test("has bold headings on a terminal only, and never with NO_COLOR", arguments: [true, false])
    func bold(isTerminal: Bool) {
        let plain = Environment { _ in nil }
        let style = TextStyle.forTerminal(isTerminal, environment: plain)
        #expect(table.lines(style: style)[0].hasPrefix("\u{1B}[1mALIAS") == isTerminal)
        let noColor = Environment { $0 == "NO_COLOR" ? "1" : nil }
        #expect(!TextStyle.forTerminal(isTerminal, environment: noColor).usesBold)
        let dumb = Environment { $0 == "TERM" ? "dumb" : nil }
        #expect(!TextStyle.forTerminal(isTerminal, environment: dumb).usesBold)
    }

    @Test("keeps a cell on its line")
    func controlCharacters() {
        var table = TextTable("NAME")
        table.add("a\nb\u{1B}c")
        #expect(table.lines(style: .plain)[1] == "a\u{FFFD}b\u{FFFD}c")
    }
}
