internal import AuthService
internal import BridgeCore

/// Whether what a row of PermissionSetAssignment assigns is in force, and until when.
///
/// An assignment that has ended, or was revoked, may still be stored, and stand as active.
struct AssignmentTerm: Sendable {
    /// Whether it is in force by what the row says, apart from its end.
    let isActive: Bool
    let expiresAt: Timestamp?

    /// What it takes besides the columns `IsActive` and `IsRevoked`.
    static let columns: SOQL =
        "ExpirationDate, PermissionSet.HasActivationRequired, PermissionSetGroup.HasActivationRequired"

    /// Reads a row; a column that it was not asked for keeps nothing from being in force.
    init(_ row: JSONValue) {
        let end = row["ExpirationDate"]?.stringValue
        expiresAt = end.flatMap { Timestamp(salesforce: $0) }
        // What a session has to activate first gives nobody anything outside that session. A group is activated as one:
        // sets of its that would need it by themselves do not ("SessionPermSetActivation", Object Reference).
        let waits = [row["PermissionSet"], row["PermissionSetGroup"]].contains {
            $0?["HasActivationRequired"]?.boolValue == true
        }
        // An end that cannot be read may be over.
        let isReadable = (end == nil) == (expiresAt == nil)
        isActive =
            row["IsActive"]?.boolValue != false && row["IsRevoked"]?.boolValue != true && !waits && isReadable
    }

    func isInForce(at now: Timestamp) -> Bool { isActive && expiresAt.map { $0 > now } ?? true }
}
