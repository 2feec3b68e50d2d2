import BridgeCore
import HTTPMessage

/// What user info and identity URLs say of a person, in the names of one or the other.
struct PersonDocument {
    let user: OrgUser
    let org: Org
    /// The identity URL.
    let identity: String
    let instanceURL: String
    /// The custom permissions of the app, where the scope asks for them.
    let permissions: [(name: String, isHeld: Bool)]?
    let defect: PersonDefect?

    /// `/services/oauth2/userinfo`, with OpenID Connect's names.
    var userInfo: HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.member("sub", subject)
                writeIDs(&writer)
                writer.member("preferred_username", user.username)
                writer.member("nickname", user.name)
                writer.member("name", user.displayName)
                writeEmail(&writer)
                writer.member("given_name", givenName)
                writer.member("family_name", familyName)
                writer.member("zoneinfo", "Europe/London")
                writer.member("profile", "\(instanceURL)/\(user.id)")
                writer.member("picture", "\(instanceURL)/profilephoto/005/F")
                writer.name("urls")
                writeURLs(&writer)
                writeRest(&writer)
                writer.member("updated_at", Self.time(user.modified))
            }
        }
    }

    /// `/id/ORGANIZATION/USER`.
    var identityAnswer: HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.member("id", subject)
                writer.member("asserted_user", true)
                writeIDs(&writer)
                writer.member("username", user.username)
                writer.member("nick_name", user.name)
                writer.member("display_name", user.displayName)
                writeEmail(&writer)
                writer.member("first_name", givenName)
                writer.member("last_name", familyName)
                writer.member("timezone", "Europe/London")
                writer.name("urls")
                writeURLs(&writer)
                writeRest(&writer)
                writer.member("last_modified_date", Self.time(user.modified))
                writer.member("is_app_installed", true)
            }
        }
    }

    private var strangerID: String { RecordID.named(.user, "strangers") }
    private var strangeOrganizationID: String { RecordID.named(.organization, "strangers") }
    private var userID: String { defect == .otherUser ? strangerID : user.id }
    private var organizationID: String { defect == .otherOrganization ? strangeOrganizationID : org.id }
    private var subject: String { "\(identity.dropLast(37))\(organizationID)/\(userID)" }

    private var givenName: String { String(user.displayName.split(separator: " ").first ?? "") }
    private var familyName: String { user.displayName.split(separator: " ").dropFirst().joined(separator: " ") }

    private func writeIDs(_ writer: inout JSONWriter) {
        if defect != .noUserID { writer.member("user_id", userID) }
        writer.member("organization_id", organizationID)
    }

    private func writeEmail(_ writer: inout JSONWriter) {
        if defect != .noEmail, let email = user.email { writer.member("email", email) }
        switch (defect, user.emailVerified) {
        case (.verificationAsText, _): writer.member("email_verified", "true")
        case (.unverified, _): writer.member("email_verified", false)
        case (.unknownVerification, _), (_, nil): break
        case (_, let isVerified?): writer.member("email_verified", isVerified)
        }
    }

    private func writeURLs(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("rest", "\(instanceURL)/services/data/v{version}/")
            writer.member("query", "\(instanceURL)/services/data/v{version}/query/")
            writer.member("custom_domain", instanceURL)
        }
    }

    private func writeRest(_ writer: inout JSONWriter) {
        switch defect {
        case .unknownActivity: break
        case .activityAsText: writer.member("active", "true")
        default: writer.member("active", defect == .inactive ? false : user.isActive)
        }
        if defect != .unknownType {
            writer.member("user_type", defect == .partner ? "POWER_PARTNER" : Self.constant(user.userType))
        }
        writer.member("language", "en_US")
        writer.member("locale", "en_GB")
        writer.member("utcOffset", 0)
        guard let permissions else { return }
        writer.name("custom_permissions")
        writer.object { writer in
            for permission in permissions { writer.member(permission.name, permission.isHeld) }
        }
    }

    /// `PowerPartner` is told as `POWER_PARTNER` here.
    private static func constant(_ type: String) -> String {
        type.reduce(into: "") { text, character in
            if character.isUppercase, !text.isEmpty { text.append("_") }
            text.append(contentsOf: character.uppercased())
        }
    }

    private static func time(_ time: Timestamp) -> String { SalesforceTime.text(time, zone: "Z") }
}
