import BridgeCore

/// The first part of every path of Entra's: whose tenant is meant.
enum AuthorityPath: Sendable, Hashable {
    case common, organizations, consumers
    case tenant(Tenant)

    /// - Throws: AADSTS900023 for what can name no tenant, AADSTS90002 for a tenant nobody knows.
    init(_ text: String, in population: Population) throws(EntraError) {
        switch text.lowercased() {
        case "common": self = .common
        case "organizations": self = .organizations
        case "consumers": self = .consumers
        default:
            if let tenant = population.tenant(text) {
                self = .tenant(tenant)
            } else if GUID(text) != nil || Self.isDomain(text) {
                throw .unknownTenant(text)
            } else {
                throw EntraError(
                    900_023, "invalid_request",
                    "Specified tenant identifier '\(text)' is neither a valid DNS name, nor a valid external domain.")
            }
        }
    }

    private static func isDomain(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count > 1 && labels.allSatisfy { !$0.isEmpty && $0.allSatisfy(isNameCharacter) }
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// What stands in its place in the metadata's URLs.
    var segment: String {
        switch self {
        case .common: "common"
        case .organizations: "organizations"
        case .consumers: Tenant.personal.id.value
        case .tenant(let tenant): tenant.id.value
        }
    }

    /// The tenant, where the path names one.
    var tenant: Tenant? {
        switch self {
        case .tenant(let tenant): tenant
        case .consumers: .personal
        case .common, .organizations: nil
        }
    }
}
