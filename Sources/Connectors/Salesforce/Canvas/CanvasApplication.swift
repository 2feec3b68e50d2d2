package import AuthService
internal import BridgeCore
package import HTTPMessage

/// The canvas app that a signed request was made for ("CanvasRequest", Canvas Developer Guide: `context.application`).
///
/// It cannot be another one than the app whose consumer secret has signed, unless apps share a secret.
package struct CanvasApplication: Sendable, CustomStringConvertible {
    /// Of this installation: an app that is installed anew has another one.
    package let id: SalesforceID
    /// As administrators call it; `nil` where that is not said.
    let name: String?
    /// Where the app says that its canvas is opened; `nil` where that is not said, and for what is no URL.
    package let canvasURL: RequestURL?

    /// - Throws: `claim_missing` without an id or a kind of authorization, `claim_invalid` for what is no id, and for
    ///   another kind than the signed request.
    init(_ value: JSONValue?) throws(ConnectorError) {
        id = try SignedRequest.id(value?["applicationId"], "context.application.applicationId")
        guard let kind = value?["authType"]?.stringValue else { throw .missing("context.application.authType") }
        guard kind == "SIGNED_REQUEST" else {
            throw ConnectorError(
                .claimInvalid, "context.application.authType of signed_request is \(quoted(kind)), not SIGNED_REQUEST",
                hint: "choose the access method Signed Request (POST) in the app's Canvas App Settings",
                fixedBy: .tenantAdministrator)
        }
        name = value?["name"]?.stringValue
        canvasURL = value?["canvasUrl"]?.stringValue.flatMap { RequestURL($0) }
    }

    /// `06P... "Cobrowse"`, by which an administrator finds it.
    package var description: String { id.value + (name.map { " \(quoted($0))" } ?? "") }
}
