import Testing

@testable import AuthService

@Suite("A source address")
struct SourceNetworkTests {
    @Test(
        "is counted as itself or as its /64",
        arguments: [
            ("192.0.2.1", SourceNetwork.ipv4(0xC000_0201)), ("0.0.0.0", .ipv4(0)),
            ("::ffff:192.0.2.1", .ipv4(0xC000_0201)),
            ("::FFFF:c000:201", .ipv4(0xC000_0201)), ("2001:db8:1:2:3:4:5:6", .ipv6(0x2001_0DB8_0001_0002)),
            ("2001:db8:1:2::", .ipv6(0x2001_0DB8_0001_0002)), ("2001:db8::1", .ipv6(0x2001_0DB8_0000_0000)),
            ("fe80::1%eth0", .ipv6(0xFE80_0000_0000_0000)), ("::1", .ipv6(0)), ("::", .ipv6(0)),
            ("1:2:3:4:5:6:1.2.3.4", .ipv6(0x0001_0002_0003_0004)), ("1::1.2.3.4", .ipv6(0x0001_0000_0000_0000)),
            ("1:2:3:4:5:6:7::", .ipv6(0x0001_0002_0003_0004)),
        ])
    func counted(text: String, network: SourceNetwork) {
        #expect(SourceNetwork(text) == network)
    }

    @Test(
        "that is none is like all others that are none",
        arguments: [
            "", "unix:", "192.0.2", "192.0.2.256", "192.0.2.1.1", "192.0.2.+1", "192.0.2.0001", ":", ":::", "1::2::3",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "1:", ":1", "12345::", "g::", "+1::",
            "1.2.3.4::",
            "[::1]", "::1:", "192.0.2.1:80", "é", "1:2:3:4:5:6:7:1.2.3.4",
        ])
    func unknown(text: String) {
        #expect(SourceNetwork(text) == .unknown)
    }
}
