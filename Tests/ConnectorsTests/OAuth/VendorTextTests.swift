import BridgeCore
import Connectors
import Testing

@Suite("A vendor's text")
struct VendorTextTests {
    @Test("loses what traces the request, line ends and controls")
    func cleaned() {
        let text =
            "AADSTS50011: The redirect URI\u{7} is\twrong.\r\nTrace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: 2026-01-01 00:00:00Z"
        #expect(VendorText.cleaned(text) == "AADSTS50011: The redirect URI is wrong.")
        #expect(VendorText.cleaned("a Correlation ID: 2 Timestamp: x") == "a")
        #expect(VendorText.cleaned("") == "" && VendorText.cleaned(" \r\n\t") == "")
    }

    @Test("is at most 200 scalars long, and shows nothing that moves the text around it")
    func bounded() {
        let long = String(repeating: "e\u{301}", count: 5000)
        #expect(VendorText.cleaned(long).unicodeScalars.count == 203)
        let shown = VendorText.cleaned("a\u{202E}b\u{2028}c")
        #expect(!shown.unicodeScalars.contains("\u{202E}") && !shown.unicodeScalars.contains("\u{2028}"))
    }

    @Test("does not show secrets that were sent")
    func secrets() {
        let secrets = [Secret(Array("abcd~1".utf8)), Secret(Array("x".utf8)), Secret([])]
        #expect(VendorText.cleaned("the secret abcd~1abcd~1 x", hiding: secrets) == "the secret <secret><secret> x")
    }
}
