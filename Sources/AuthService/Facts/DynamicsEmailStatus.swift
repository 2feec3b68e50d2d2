internal import BridgeCore

extension DynamicsFacts {
    /// Primary Email Status of a system user (`emailrouteraccessapproval`).
    package enum EmailStatus: String, Sendable, Hashable, CaseIterable {
        case empty, approved, pending, rejected
        /// The row has no status, or one that nobody knows.
        case missing

        /// The status that the number of the column stands for.
        package init(column: Int64?) {
            self =
                switch column {
                case 0: .empty
                case 1: .approved
                case 2: .pending
                case 3: .rejected
                default: .missing
                }
        }

        /// The label that Dynamics 365 shows.
        package var label: String {
            switch self {
            case .empty: "Empty"
            case .approved: "Approved"
            case .pending: "Pending Approval"
            case .rejected: "Rejected"
            case .missing: "not set"
            }
        }

        /// Whether nobody has decided, as it stays for ever where an organization does not approve mailboxes.
        package var isUndecided: Bool { self == .empty || self == .pending }
    }
}

extension AccessDenial {
    /// Why somebody whose Primary Email Status is not Approved may not enter; each status has its own way out.
    static func unapproved(_ status: DynamicsFacts.EmailStatus) -> AccessDenial {
        let label = "Primary Email Status: \(status.label)"
        switch status {
        case .approved, .empty:
            return AccessDenial(
                .emailUnverified, "nobody has asked for approval of the user's e-mail address (\(label))",
                hint: "an administrator of the environment approves it: \(approveEmail)")
        case .pending:
            return AccessDenial(
                .emailUnverified, "the user's e-mail address waits for approval (\(label))",
                hint:
                    "an administrator of the environment, who is also Global or Exchange administrator or may approve "
                    + "e-mail addresses, approves it: \(approveEmail)")
        case .rejected:
            return AccessDenial(
                .emailUnverified, "the user's e-mail address was rejected (\(label))",
                hint: "an administrator of the environment finds out why it was rejected, corrects the address in the "
                    + "user's form if it is wrong, then approves it: \(approveEmail)")
        case .missing:
            return AccessDenial(
                .emailUnverified,
                "the environment does not say whether the user's e-mail address is approved (\(label))",
                hint:
                    "an administrator of the environment opens and saves the user's form, so that a status is set, then "
                    + "approves the address: \(approveEmail)")
        }
    }

    /// Where an address is approved (Microsoft's administration centre of Customer Service).
    private static let approveEmail =
        "Copilot Service admin center > User management > Users > Manage > the user > Approve Email"
}
