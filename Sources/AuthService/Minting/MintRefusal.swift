package import BridgeCore

/// Why the bridge signs no token.
package struct MintRefusal: ReasonedError, Equatable {
    package let code: ReasonCode
    package let detail: String
    package let hint: String?

    package init(_ code: ReasonCode, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    /// Takes over what a store, a rule or the cryptography said.
    init(_ error: any ReasonedError) {
        self.init(error.code, error.detail, hint: error.hint)
    }

    /// Equal when the code is: texts are for people.
    package static func == (left: MintRefusal, right: MintRefusal) -> Bool { left.code == right.code }
}

extension MintRefusal {
    /// Runs `body`; whatever goes wrong is a reason why nothing is signed.
    static func catching<Value>(_ body: () async throws -> Value) async throws(MintRefusal) -> Value {
        do {
            return try await body()
        } catch let error as MintRefusal {
            throw error
        } catch let error as any ReasonedError {
            throw MintRefusal(error)
        } catch {
            throw MintRefusal(.internal, "the token cannot be signed")
        }
    }

    /// No key is in `state`.
    static func noKey(_ state: StoredSigningKey.State) -> MintRefusal {
        MintRefusal(
            .notFound, "the bridge has no \(state.rawValue) signing key",
            hint: "the operator makes one: cobrowse-sso key rotate")
    }
}
