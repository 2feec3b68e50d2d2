import AuthService
import BridgeCore
import Testing

@Suite("The address a request comes from")
struct TrustedProxiesTests {
    /// What a request says, whom the service trusts, and whom it is from.
    struct Row: CustomTestStringConvertible, Sendable {
        let trusted: String
        let peer: String
        let fields: [String]
        let source: String
        var testDescription: String { "\(peer) with \(fields), trusting \(trusted)" }

        init(_ trusted: String, _ peer: String, _ fields: [String], _ source: String) {
            (self.trusted, self.peer, self.fields, self.source) = (trusted, peer, fields, source)
        }

        private static let proxies = "10.0.0.0/8,fd00::/8"
        private static let (edge, client) = ("10.0.0.1", "192.0.2.7")

        static let table: [Row] = [
            // Nobody is believed who is not named.
            Row("", edge, [client], edge), Row(proxies, client, ["198.51.100.1"], client),
            Row("10.0.0.1", "10.0.0.2", [client], "10.0.0.2"), Row("10.0.0.1", "10.0.0.1", [client], client),
            Row("10.0.0.0/31", "10.0.0.1", [client], client), Row("10.0.0.0/31", "10.0.0.2", [client], "10.0.0.2"),
            Row(proxies, "unix:", [client], "unix:"), Row(proxies, "", [client], ""),
            // The last one counts who is no proxy, whatever was made up before.
            Row(proxies, edge, [client], client), Row(proxies, edge, ["198.51.100.1, \(client)"], client),
            Row(proxies, edge, ["10.0.0.9, \(client)"], client), Row(proxies, edge, ["127.0.0.1,\(client)"], client),
            Row(proxies, edge, ["x, , ;, \(client)"], client),
            Row(proxies, edge, ["198.51.100.1, \(client), 10.0.0.2, 10.9.9.9"], client),
            Row(proxies, edge, ["198.51.100.1, \(client), fd00::2"], client),
            // Several fields are one list.
            Row(proxies, edge, ["198.51.100.1", client], client), Row(proxies, edge, [client, "10.0.0.2"], client),
            Row(proxies, edge, ["198.51.100.1", "\(client), 10.0.0.3", "10.0.0.2"], client),
            Row(proxies, edge, [client, ""], client),
            // With ports and in brackets.
            Row(proxies, edge, ["\(client):51234"], client), Row(proxies, edge, ["\t\(client) \t"], client),
            Row(proxies, edge, ["2001:db8::5"], "2001:db8::5"), Row(proxies, edge, ["[2001:db8::5]"], "2001:db8::5"),
            Row(proxies, edge, ["[2001:DB8:0:0::5]:443"], "2001:db8::5"),
            Row(proxies, edge, ["\(client), [fd00::2]:443"], client),
            // IPv4 written as IPv6, on both sides.
            Row(proxies, "::ffff:10.0.0.1", ["::ffff:\(client)"], client), Row("::1", "::1", [client], client),
            Row("fe80::/10", "fe80::1%eth0", [client], client),
            // Without another address it is the peer's.
            Row(proxies, edge, [], edge), Row(proxies, edge, [""], edge), Row(proxies, edge, [" , ,"], edge),
            Row(proxies, edge, ["10.0.0.2"], edge), Row(proxies, edge, ["10.0.0.3, 10.0.0.2"], edge),
            // What is no address hides all before it.
            Row(proxies, edge, ["unknown"], edge), Row(proxies, edge, ["\(client), unknown"], edge),
            Row(proxies, edge, ["\(client), _proxy"], edge), Row(proxies, edge, ["\(client), 10.0.0.256"], edge),
            Row(proxies, edge, ["\(client):"], edge), Row(proxies, edge, ["\(client):99999"], edge),
            Row(proxies, edge, ["\(client):+80"], edge), Row(proxies, edge, ["\(client):80:80"], edge),
            Row(proxies, edge, ["[\(client)]"], edge), Row(proxies, edge, ["[2001:db8::5"], edge),
            Row(proxies, edge, ["[2001:db8::5]443"], edge), Row(proxies, edge, ["[2001:db8::5]x:1"], edge),
            Row(proxies, edge, ["[]"], edge), Row(proxies, edge, ["["], edge), Row(proxies, edge, [":80"], edge),
            Row(proxies, edge, ["fe80::1%eth0"], edge), Row(proxies, edge, ["\"\(client)\""], edge),
            Row(proxies, edge, ["for=\(client)"], edge), Row(proxies, edge, ["\(client);\(client)"], edge),
            Row(proxies, edge, ["١٠.0.0.2"], edge), Row(proxies, edge, ["\(client)\u{A0}"], edge),
        ]
    }

    @Test("is what the last trusted proxy has seen, or the peer's", arguments: Row.table)
    func source(row: Row) throws {
        let networks = try row.trusted.split(separator: ",").map { try #require(IPNetwork(String($0))) }
        #expect(TrustedProxies(networks).source(peer: row.peer, forwardedFor: row.fields) == row.source)
    }

    @Test(
        "is written as RFC 5952 does",
        arguments: [
            ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0DB8::0001", "2001:db8::1"), ("::", "::"),
            ("0:0:0:0:0:0:0:1", "::1"), ("1::", "1::"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("::ffff:c000:201", "192.0.2.1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("255.255.255.255", "255.255.255.255"), ("0.0.0.0", "0.0.0.0"),
        ])
    func written(text: String, shown: String) {
        #expect(IPAddress(text)?.description == shown)
    }

    @Test("is in a network by the bits that count")
    func networks() throws {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"), ("192.0.2.4/30", "192.0.2.7", "192.0.2.8"),
            ("192.0.2.4", "192.0.2.4", "192.0.2.5"), ("2001:db8::/32", "2001:db8:ffff::", "2001:db9::"),
            ("2001:db8::/64", "2001:db8::ffff", "2001:db8:0:1::"),
            ("2001:db8::/65", "2001:db8::1", "2001:db8::8000:0:0:0"),
            ("2001:db8::4/126", "2001:db8::7", "2001:db8::8"), ("::/1", "7fff::", "8000::"),
            ("128.0.0.0/1", "128.0.0.0", "8000::"), ("::1/128", "::1", "0.0.0.1"),
        ] {
            let parsed = try #require(IPNetwork(network), "\(network)")
            #expect(parsed.contains(try #require(IPAddress(inside))), "\(network)")
            #expect(!parsed.contains(try #require(IPAddress(outside))), "\(network)")
        }
    }
}
