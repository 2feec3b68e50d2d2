internal import COpenSSL

/// A STACK_OF that the caller of OpenSSL owns, with its elements, for one scope.
struct OpenSSLStack: ~Copyable {
    private let pointer: OpaquePointer  // OPENSSL_STACK, owned: freed with its elements in deinit
    private let release: @convention(c) (UnsafeMutableRawPointer?) -> Void

    /// - Parameter release: frees an element.
    init(takingOwnershipOf pointer: OpaquePointer, release: @escaping @convention(c) (UnsafeMutableRawPointer?) -> Void)
    {
        (self.pointer, self.release) = (pointer, release)
    }

    deinit {
        OPENSSL_sk_pop_free(pointer, release)
    }

    var count: Int { Int(max(0, OPENSSL_sk_num(pointer))) }

    /// The elements, which stay the stack's; lent to `body` one after the other.
    func forEach<Failure: Error>(_ body: (UnsafeMutableRawPointer) throws(Failure) -> Void) throws(Failure) {
        try Self.forEach(of: pointer, body)
    }

    /// The elements of a stack that somebody else owns.
    static func forEach<Failure: Error>(
        of stack: OpaquePointer?, _ body: (UnsafeMutableRawPointer) throws(Failure) -> Void
    ) throws(Failure) {
        for index in 0..<max(0, OPENSSL_sk_num(stack)) {
            if let element = OPENSSL_sk_value(stack, index) { try body(element) }
        }
    }
}
