package import BridgeCore

/// The body of a request; what it holds is not shown.
package struct RequestBody: Sendable {
    package let contentType: HTTPFieldValue
    package let content: Secret

    package init(contentType: HTTPFieldValue, content: Secret) {
        self.contentType = contentType
        self.content = content
    }

    /// JSON text in UTF-8.
    package static func json(_ text: [UInt8]) -> RequestBody {
        RequestBody(contentType: "application/json", content: Secret(text))
    }

    /// The fields of a form.
    package static func form(_ fields: FormFields) -> RequestBody {
        RequestBody(contentType: "application/x-www-form-urlencoded", content: fields.encoded)
    }
}
