/// Whose people sign in.
enum SignInSystem: String {
    case dynamics, salesforce

    /// Whose servers answer late.
    var vendor: String {
        switch self {
        case .dynamics: "Microsoft"
        case .salesforce: "Salesforce"
        }
    }

    var cost: Measure {
        switch self {
        case .dynamics: .signInCost
        case .salesforce: .orgSignInCost
        }
    }

    var crowd: Measure {
        switch self {
        case .dynamics: .signInCrowd
        case .salesforce: .orgSignInCrowd
        }
    }
}
