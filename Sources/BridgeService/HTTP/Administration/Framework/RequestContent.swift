internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// What came with a request, in the form its operation takes.
enum RequestContent: Sendable {
    case none
    case json(JSONValue)
    case file([UInt8])

    /// Reads the body of `request`.
    ///
    /// - Throws: 415 for a content type that the operation does not take, 400 for what is no JSON.
    init(_ request: AdministrationRequest, as body: OperationSpec.Body) throws(RequestRefusal) {
        let type = request.contentType.map(Self.mediaType)
        switch body {
        // Whoever takes forms reads them himself.
        case .none, .form: self = .none
        case .json:
            guard type == "application/json" else { throw Self.unsupported(type, "application/json") }
            self = .json(try Self.json(request.body))
        case .file:
            guard let type, type == "application/json" else {
                guard type.map(Self.fileTypes.contains) ?? true else {
                    throw Self.unsupported(type, "application/json, or the file with \(Self.fileTypes[0])")
                }
                self = .file(request.body)
                return
            }
            let value = try Self.json(request.body)
            // A JWK and a JWK Set are files, too.
            self = value["kty"] == nil && value["keys"] == nil ? .json(value) : .file(request.body)
        }
    }

    /// The JSON value; `null` for an operation without one, which no operation asks for.
    var value: JSONValue {
        if case .json(let value) = self { value } else { .null }
    }

    /// The types that certificates and keys go by; the last one is what `curl --data-binary` says of every file.
    static let fileTypes = [
        "application/octet-stream", "application/x-pem-file", "application/pem-certificate-chain",
        "application/pkix-cert", "application/x-x509-ca-cert", "application/x-x509-user-cert", "application/jwk+json",
        "application/jwk-set+json", "application/x-pkcs7-certificates", "application/pkcs7-mime",
        "application/x-pkcs12",
        "application/x-java-keystore", "text/plain", "application/x-www-form-urlencoded",
    ]

    /// Type and subtype without parameters, in lower case (RFC 9110 §8.3.1).
    private static func mediaType(_ field: String) -> String {
        let type = field.prefix { $0 != ";" }
        return type.filter { $0 != " " && $0 != "\t" }.lowercased()
    }

    private static func json(_ body: [UInt8]) throws(RequestRefusal) -> JSONValue {
        do throws(DocumentError) {
            return try DocumentText.value(body)
        } catch {
            throw RequestRefusal(.badRequest, .configurationInvalid, "the body is no JSON: \(error.detail)")
        }
    }

    private static func unsupported(_ type: String?, _ wanted: String) -> RequestRefusal {
        RequestRefusal(
            .unsupportedMediaType, .configurationInvalid,
            type.map { "Content-Type: \(quoted($0)) is not taken here" } ?? "Content-Type: is missing",
            hint: "send \(wanted)")
    }
}
