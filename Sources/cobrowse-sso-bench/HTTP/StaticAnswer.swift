/// What the servers without a bridge answer: JSON of 325 bytes, the size of a verified login's answer.
enum StaticAnswer {
    static let json = #"{"license":"trial12345","padding":""# + String(repeating: "x", count: 288) + #""}"#
}
