package import BridgeCore
package import HTTPMessage

/// A request to a token endpoint: a form over POST (RFC 6749 §3.2).
package struct TokenRequest: Sendable {
    package let url: RequestURL
    private var form = FormFields()
    /// What is in the form and must not come back in a message.
    private(set) var secrets: [Secret] = []

    package init(at url: RequestURL) {
        self.url = url
    }

    package init(at url: RequestURL, grantType: String) {
        self.init(at: url)
        set("grant_type", grantType)
    }

    package mutating func set(_ name: String, _ value: String) {
        form.append(name, value)
    }

    package mutating func set(_ name: String, _ value: Secret) {
        form.append(name, value)
        secrets.append(value)
    }

    /// Sent to the host of the endpoint and no other, and once more where that fails; the answer is a short one.
    var outgoing: OutgoingRequest {
        var request = OutgoingRequest(.post, url, to: HostRule(only: url.origin))
        request.body = .form(form)
        request.responseLimit = OutgoingRequest.tokenResponseLimit
        request.repeatsServerErrors = true
        return request
    }
}
