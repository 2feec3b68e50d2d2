package import BridgeCore
import HTTPMessage

/// A request that was answered, as a test wants to look at it; secrets in it are left out.
package struct SeenRequest: Sendable {
    /// Counts from 1 on.
    package let number: Int
    package let time: Timestamp
    /// `control`, `entra`, `discovery`, `dataverse/contoso`, `salesforce/acme`.
    package let site: String
    package let method: String
    package let path: String
    /// As it was sent; `nil` without one, and where a sign-in ends: it holds what a person gets in with.
    package let query: String?
    /// Names in lower case; of `authorization` the scheme alone.
    package let fields: [String: String]
    /// The fields of a form; those with a secret are `***`.
    package let form: [String: String]
    package let status: UInt16
    /// The fault it met.
    package let fault: String?
}

/// The last requests that were answered.
struct RequestJournal: Sendable {
    private static let capacity = 2000
    private var ring: [SeenRequest] = []
    private(set) var count = 0

    /// Those that are kept, oldest first.
    var requests: [SeenRequest] {
        guard ring.count == Self.capacity else { return ring }
        let start = count % Self.capacity
        return Array(ring[start...] + ring[..<start])
    }

    mutating func add(_ request: SimulatedRequest, status: UInt16, fault: String?, at time: Timestamp) {
        let seen = SeenRequest(
            number: count + 1, time: time, site: request.site.name, method: request.method.rawValue,
            path: request.path, query: request.site == .control ? nil : request.query, fields: Self.fields(of: request),
            form: Self.form(of: request),
            status: status, fault: fault)
        if ring.count < Self.capacity { ring.append(seen) } else { ring[count % Self.capacity] = seen }
        count += 1
    }

    mutating func removeAll() { (ring, count) = ([], 0) }

    private static func fields(of request: SimulatedRequest) -> [String: String] {
        var fields: [String: String] = [:]
        for field in request.fields.list {
            let name = field.name.text.lowercased()
            fields[name] = name == "authorization" ? authorization(field.value.text) : field.value.text
        }
        return fields
    }

    /// The scheme alone.
    private static func authorization(_ value: String) -> String { "\(value.split(separator: " ").first ?? "") ***" }

    private static let secrets: Set = [
        "client_secret", "client_assertion", "code", "code_verifier", "refresh_token", "device_code", "assertion",
        "token",
    ]

    private static func form(of request: SimulatedRequest) -> [String: String] {
        let type = request.field("Content-Type") ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded"),
            let parameters = try? Parameters(String(decoding: request.body, as: UTF8.self), isForm: true)
        else { return [:] }
        var form: [String: String] = [:]
        for parameter in parameters.list {
            form[parameter.name] = secrets.contains(parameter.name) ? "***" : parameter.value
        }
        return form
    }
}
