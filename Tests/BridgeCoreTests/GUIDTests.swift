import BridgeCore
import Testing

@Suite("A GUID")
struct GUIDTests {
    @Test("has one spelling")
    func spelling() {
        #expect(GUID("9188040D-6C67-4C5B-B112-36A304B66DAD")?.value == "9188040d-6c67-4c5b-b112-36a304b66dad")
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "9188040d6c674c5bb11236a304b66dad", "{9188040d-6c67-4c5b-b112-36a304b66dad}",
            "9188040d-6c67-4c5b-b112-36a304b66da", "9188040d-6c67-4c5b-b112-36a304b66dadd",
            "9188040g-6c67-4c5b-b112-36a304b66dad", " 9188040d-6c67-4c5b-b112-36a304b66dad",
            "9188040d-6c67-4c5b-b112-36a304b66dad\n", "9188040d-6c67-4c5b-b112-36a304b66da\u{FF10}", "common",
            "9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
        ])
    func refuses(text: String) {
        #expect(GUID(text) == nil)
    }
}
