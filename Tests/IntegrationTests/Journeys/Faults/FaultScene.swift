import Simulators
import Testing

/// A place where a fault of the stand-ins matters: what somebody does while it happens.
enum FaultScene: String, CaseIterable, CustomTestStringConvertible {
    /// Signs in at a service that has fetched no keys so far.
    case firstSignIn = "the first sign-in"
    /// Signs in a day after the keys were fetched.
    case nextDay = "a sign-in of the next day"
    /// Signs in, and Entra's sign-in page or its way back is not as it should be.
    case authorize = "the way to Entra and back"
    /// Signs in, and the code is redeemed.
    case redeem = "the redeeming of a code"
    /// Signs in, and the row of the person is read.
    case row = "the reading of a person's row"
    /// Signs in, and the roles of the person are read.
    case roles = "the reading of a person's roles"
    /// Signs in, where the environment has not the function for roles, and lists are read in its place.
    case lists = "the reading of a person's lists"
    /// Opens the consent URL.
    case consent = "a consent"
    /// Comes back with a consent, which a token is to prove.
    case proof = "the proof of a consent"
    /// Tests a connection, whose client asks for a token.
    case token = "the test of a connection, token"
    /// Tests a connection, whose application user reads.
    case probe = "the test of a connection, probe"
    /// Asks for a code to type on another device.
    case deviceCode = "a device code"
    /// Asks for the organizations of a person.
    case organizations = "the organizations of a person"

    var testDescription: String { rawValue }

    /// Where the faults happen.
    private var place: Fault.Place {
        switch self {
        case .firstSignIn: .metadata
        case .nextDay: .keys
        case .authorize: .authorize
        case .redeem, .proof, .token: .token
        case .row, .roles, .lists, .probe: .dataverse
        case .consent: .consent
        case .deviceCode: .devicecode
        case .organizations: .discovery
        }
    }

    /// The part of the path that the faults are for; `nil` for every request at the place.
    var matching: String? {
        switch self {
        case .roles: Self.function
        case .lists: "systemuserroles_association"
        default: nil
        }
    }

    /// What is asked for the roles of a person first.
    static let function = "RetrieveAadUserRoles"

    /// Whether the service, or a program, waits for the answer: a browser's waiting is not played.
    func waits(for fault: Fault) -> Bool {
        ["slow", "hang"].contains(fault.word) && self != .authorize && self != .consent
    }

    /// The faults that can happen there.
    var faults: [Fault] {
        Fault.all.filter { fault in
            switch self {
            // What metadata and keys are fetched with is one thing.
            case .firstSignIn, .nextDay: [.metadata, .keys].contains(fault.place)
            case .redeem: [.token, .idToken].contains(fault.place)
            // The function answers with one page.
            case .roles: fault.place == place && !fault.word.hasPrefix("next-")
            default: fault.place == place
            }
        }
    }
}

extension Fault {
    /// What stands behind the place in its name.
    var word: String { String(name.drop { $0 != "." }.dropFirst()) }

    /// The number of Entra's refusal.
    var number: Int? { word.hasPrefix("AADSTS") ? Int(word.dropFirst(6)) : nil }
}
