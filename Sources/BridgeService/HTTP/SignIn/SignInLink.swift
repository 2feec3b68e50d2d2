internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// What begins a sign-in once more.
struct SignInLink: Sendable {
    private let fields: [(name: String, value: String)]

    init(
        _ license: License, connection: String, redirectTo: String = "", _ purpose: SignInPurpose = .login,
        _ more: [(name: String, value: String)] = []
    ) {
        fields =
            [
                ("license", license.value), ("connection", connection), ("redirectTo", redirectTo),
                ("purpose", purpose == .login ? "" : purpose.rawValue),
            ] + more
    }

    /// The one that `record` was begun with.
    init(_ record: PendingSignIn) {
        // The name stands behind the kind: dynamics:default.
        let name = record.connection.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
        self.init(record.license, connection: name, redirectTo: record.redirectTo?.text ?? "", record.purpose)
    }

    /// Path and query; `nil` where they are longer than a URL may be.
    func target(of path: StaticString, at origin: WebOrigin) -> String? {
        RequestURL(origin: origin, path: "\(path)", query: fields.filter { !$0.value.isEmpty })?.target
    }
}
