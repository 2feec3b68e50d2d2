import BridgeCore
import HTTPMessage
import Testing

@Suite struct FormFieldsTests {
    @Test func `a form is encoded for every reader`() {
        var form = FormFields()
        form.append("grant_type", "client_credentials")
        form.append("scope", "https://a.example/.default offline_access")
        form.append("client_secret", Secret(Array("a+b&c=d%~\u{E4}".utf8)))
        form.append("", "")
        let body = RequestBody.form(form)
        #expect(body.contentType == "application/x-www-form-urlencoded")
        #expect(
            Self.text(body.content)
                == "grant_type=client_credentials&scope=https%3A%2F%2Fa.example%2F.default%20offline_access"
                + "&client_secret=a%2Bb%26c%3Dd%25~%C3%A4&=")
    }

    private static func text(_ secret: Secret) -> String {
        secret.withBytes { bytes in
            var copy: [UInt8] = []
            for index in bytes.indices { copy.append(bytes[index]) }
            return String(decoding: copy, as: UTF8.self)
        }
    }
}
