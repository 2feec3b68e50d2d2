import BridgeCore
import Testing

@Suite("A GUID of its bits")
struct GUIDBitsTests {
    @Test(
        "has them in the order of the text",
        arguments: [
            (0x0011_2233_4455_6677, 0x8899_AABB_CCDD_EEFF, "00112233-4455-6677-8899-aabbccddeeff"),
            (0, 0, "00000000-0000-0000-0000-000000000000"), (.max, .max, "ffffffff-ffff-ffff-ffff-ffffffffffff"),
        ] as [(UInt64, UInt64, String)])
    func text(high: UInt64, low: UInt64, text: String) {
        #expect(GUID(high: high, low: low).value == text)
        #expect(GUID(text) == GUID(high: high, low: low))
    }
}
