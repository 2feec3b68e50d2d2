package import AuthService
package import BridgeCore

/// The row of a person in an environment (`systemuser`), with the columns that decide.
package struct SystemUser: Sendable, Hashable {
    /// `systemuserid`.
    package let id: GUID
    /// Empty where the row has no address.
    package let email: String
    package let fullName: String?
    package let isDisabled: Bool
    package let accessMode: DynamicsFacts.AccessMode
    package let applicationID: String?
    package let emailStatus: DynamicsFacts.EmailStatus

    /// The columns, as a query names them.
    static let columns = [
        "systemuserid", "fullname", "internalemailaddress", "isdisabled", "accessmode", "applicationid",
        "emailrouteraccessapproval", "azureactivedirectoryobjectid",
    ].joined(separator: ",")

    /// Reads a row; `nil` where a column that decides is missing or of another type, or the row is another's.
    init?(_ row: JSONValue, of objectID: GUID) {
        guard let id = row["systemuserid"]?.stringValue.flatMap({ GUID($0) }),
            row["azureactivedirectoryobjectid"]?.stringValue.flatMap({ GUID($0) }) == objectID,
            let isDisabled = row["isdisabled"]?.boolValue, let mode = row["accessmode"]?.integerValue,
            let status = row["emailrouteraccessapproval"], status == .null || status.integerValue != nil,
            let application = Self.text(row["applicationid"]), let email = Self.text(row["internalemailaddress"])
        else { return nil }
        self.id = id
        self.email = email ?? ""
        self.isDisabled = isDisabled
        accessMode = DynamicsFacts.AccessMode(number: mode)
        applicationID = application
        emailStatus = DynamicsFacts.EmailStatus(column: status.integerValue)
        fullName = row["fullname"]?.stringValue
    }

    /// The text of a column that may be null; `nil` where it is neither.
    private static func text(_ value: JSONValue?) -> String?? {
        switch value {
        case .null?: .some(nil)
        case .string(let text)?: .some(text)
        default: nil
        }
    }
}
