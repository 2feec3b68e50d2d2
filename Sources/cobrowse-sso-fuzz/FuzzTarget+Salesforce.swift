internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeTesting
internal import Connectors

extension FuzzTarget {
    /// Whole signed_requests of Canvas, verified: whatever is changed in one, it is refused.
    static var signedRequest: FuzzTarget {
        FuzzTarget(
            name: "signed-request",
            seeds: {
                let form = try signed(Array(canvasText.utf8))
                return [FuzzSeed(name: "form", bytes: form)]
            }, parse: verify, isSealed: true)
    }

    /// The content of a signed_request: its JSON is mutated, then signed.
    static var canvas: FuzzTarget {
        FuzzTarget(
            name: "canvas", seeds: { [FuzzSeed(name: "canvas", bytes: Array(canvasText.utf8))] },
            parse: { content in
                guard let form = try? signed(content) else { return .internal }
                return verify(form)
            })
    }

    /// Records of a CRM; what the devices are filtered by stands in the URL once, whatever is in the record.
    static var record: FuzzTarget {
        FuzzTarget(
            name: "record", seeds: { [FuzzSeed(name: "case", bytes: Array(recordText.utf8))] },
            parse: { bytes in
                guard let record = try? CRMRecord(parsing: bytes) else { return .configurationInvalid }
                guard let filters = try? RecordMapping.standard.filters(for: record) else { return .notFound }
                guard let origin = WebOrigin("https://cobrowse.example") else { return .internal }
                let url = EmbedURL(origin: origin, filters: filters).text(token: nil)
                let query = url.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
                precondition(query.count { $0 == UInt8(ascii: "=") } == filters.count, "a value is a parameter")
                precondition(query.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
                return nil
            })
    }

    private static let secret = Secret(Array("0123456789ABCDEF0123456789ABCDEF".utf8))

    /// The form that Canvas would post with that content.
    private static func signed(_ content: [UInt8]) throws -> [UInt8] {
        let payload = Base64.encode(content)
        let code = Base64.encode(try HMACSHA256.code(of: Array(payload.utf8), key: secret))
        var form = Array("signed_request=".utf8)
        PercentEncoding.append("\(code).\(payload)".utf8Span.span, to: &form)
        return form
    }

    private static func verify(_ form: [UInt8]) -> ReasonCode? {
        do throws(ConnectorError) {
            _ = try UnverifiedSignedRequest(form: form).verified(by: secret)
            return nil
        } catch {
            return error.code
        }
    }

    private static let canvasText = """
        {"algorithm":"HMACSHA256","issuedAt":1796070337512,"userId":"0058Z000008LMNoQAO","client":{
        "oauthToken":"00D8Z000000btHh!AQ5T","instanceId":"_:bridge:canvas","instanceUrl":"https://acme.my.salesforce.com",
        "targetOrigin":"https://acme.my.salesforce.com"},"context":{"application":{"applicationId":"06P8Z000000TNbyUAG",
        "authType":"SIGNED_REQUEST","canvasUrl":"https://sso.example/api/1/salesforce/canvas","developerName":"bridge"},
        "user":{"userId":"0058Z000008LMNoQAO","userName":"ann@acme.example","email":"ann@acme.example","userType":"STANDARD"},
        "organization":{"organizationId":"00D8Z000000btHhUAI","name":"Acme","namespacePrefix":null},
        "environment":{"parameters":{},"record":{}},"links":{"restUrl":"/services/data/v66.0/"}}}
        """

    private static let recordText =
        #"{"type":"Case","fields":{"ContactEmail":"ann+\u00e9&a=b#@example.com","Subject":null,"Contact.Email":"ann@example.com"}}"#
}
