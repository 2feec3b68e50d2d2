/// Writes to one of the standard descriptors, without a buffer.
struct DescriptorSink: ByteSink {
    static let standardOutput = DescriptorSink(number: 1)
    static let standardError = DescriptorSink(number: 2)

    let number: Int32

    func write(_ bytes: [UInt8]) throws(SystemError) {
        try Descriptor(borrowing: number).write(bytes)
    }
}
