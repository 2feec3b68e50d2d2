import BridgeCore
import BridgeTesting
import Testing

@testable import Connectors

@Suite("Whether an assignment is in force")
struct AssignmentTermTests {
    /// Columns of a row, and whether it is in force then.
    struct Row: CustomTestStringConvertible, Sendable {
        let columns: String
        let isInForce: Bool
        var testDescription: String { "\(columns) \(isInForce ? "counts" : "does not count")" }

        init(_ columns: String, _ isInForce: Bool) { (self.columns, self.isInForce) = (columns, isInForce) }
    }

    static let rows = [
        Row("", true), Row(#""IsActive":true,"IsRevoked":false,"ExpirationDate":null"#, true),
        Row(#""IsActive":false"#, false), Row(#""IsRevoked":true"#, false),
        Row(#""ExpirationDate":"2027-01-15T08:00:01.000+0000""#, true),
        Row(#""ExpirationDate":"2027-01-15T08:00:00.000+0000""#, false),
        // An end that cannot be read may be over, to a sign-in as to a sync.
        Row(#""ExpirationDate":"soon""#, false), Row(#""ExpirationDate":"""#, false),
        Row(#""PermissionSet":{"HasActivationRequired":true}"#, false),
        Row(#""PermissionSet":{"HasActivationRequired":false},"PermissionSetGroup":null"#, true),
        Row(
            #""PermissionSet":{"HasActivationRequired":false},"PermissionSetGroup":{"HasActivationRequired":true}"#,
            false),
    ]

    @Test("follows from its row", arguments: rows)
    func term(row: Row) throws {
        let value = try JSONValue(parsing: "{\(row.columns)}".utf8)
        #expect(AssignmentTerm(value).isInForce(at: now) == row.isInForce)
    }
}
