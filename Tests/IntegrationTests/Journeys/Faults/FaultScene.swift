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

    /// Signs in with Salesforce at a service that has fetched no keys so far.
    case orgFirstSignIn = "the first sign-in with Salesforce"
    /// Signs in with Salesforce a day after the keys were fetched.
    case orgNextDay = "a sign-in with Salesforce of the next day"
    /// Signs in, and Salesforce's page or its way back is not as it should be.
    case orgAuthorize = "the way to Salesforce and back"
    /// Signs in, and Salesforce redeems the code.
    case orgRedeem = "the redeeming of a code of Salesforce's"
    /// Signs in, and UserInfo says who it is.
    case userInfo = "what UserInfo says of a person"
    /// Signs in while identity URLs fail, which nobody follows.
    case identity = "what an identity URL says of a person"
    /// Signs in, and it is read whether the user is frozen.
    case frozen = "the reading of whether a user is frozen"
    /// Signs in, and the assignments of the user are read.
    case assignments = "the reading of a user's assignments"
    /// Signs in, and the members of the user's group are read.
    case members = "the reading of a group's members"
    /// Signs in, and what the user's sets give is read.
    case setupAccess = "the reading of what permission sets give"
    /// Signs in, and the names of the user's custom permissions are read.
    case permissionNames = "the reading of custom permissions by name"
    /// Signs in where nobody but the agent reads.
    case ownToken = "the reading with an agent's own token"
    /// Opens a canvas, and UserInfo says who it is.
    case canvas = "a canvas, and what UserInfo says of its person"
    /// Opens a canvas, for which the integration user needs a new session.
    case canvasSession = "a canvas, and a session of the integration user"
    /// Tests a connection, whose key asks for a session.
    case assertion = "the test of a connection to Salesforce, token by a key"
    /// Tests a connection, whose secret asks for a session.
    case clientCredentials = "the test of a connection to Salesforce, token by a secret"
    /// Tests a connection without an integration user, whose login is looked at.
    case login = "the test of a connection to Salesforce, login"
    /// Tests a connection, whose org is asked who it is.
    case organization = "the test of a connection to Salesforce, organization"
    /// Tests a connection, whose permission sets are read.
    case permissionSets = "the test of a connection to Salesforce, permission sets"
    /// Tests a connection, whose users' addresses are looked at.
    case emails = "the test of a connection to Salesforce, e-mail addresses"

    var testDescription: String { rawValue }

    /// Where the faults happen.
    var place: Fault.Place {
        switch self {
        case .firstSignIn: .metadata
        case .nextDay: .keys
        case .authorize: .authorize
        case .redeem, .proof, .token: .token
        case .row, .roles, .lists, .probe: .dataverse
        case .consent: .consent
        case .deviceCode: .devicecode
        case .organizations: .discovery
        case .orgFirstSignIn, .login: .salesforceMetadata
        case .orgNextDay: .salesforceKeys
        case .orgAuthorize: .salesforceAuthorize
        case .orgRedeem, .canvasSession, .assertion, .clientCredentials: .salesforceToken
        case .userInfo, .canvas: .userInfo
        case .identity: .identity
        case .frozen, .assignments, .members, .setupAccess, .permissionNames, .ownToken, .organization,
            .permissionSets, .emails:
            .salesforceAPI
        }
    }

    /// The part of the path that the faults are for; `nil` for every request at the place.
    var matching: String? {
        switch self {
        case .roles: Self.function
        case .lists: "systemuserroles_association"
        case .frozen: "UserLogin"
        case .assignments, .permissionSets: "PermissionSetAssignment"
        case .members: "PermissionSetGroupComponent"
        case .setupAccess: "SetupEntityAccess"
        case .permissionNames: "MasterLabel"
        case .ownToken: "UserSetupEntityAccess"
        case .organization: "Organization"
        case .emails: "TwoFactorMethodsInfo"
        default: nil
        }
    }

    /// What is asked for the roles of a person first.
    static let function = "RetrieveAadUserRoles"

    /// What Salesforce says of assertions and client credentials, and of no code.
    private static let ofOwnGrants: Set = ["audience", "invalid-assertion", "no-run-as-user", "wrong-domain"]
    /// What it says of codes, and of nothing else; the answers to assertions are not signed, either.
    private static let ofCodes: Set = [
        "invalid-code", "code-verifier", "code-verifier-missing", "redirect-uri", "wrong-signature",
    ]

    /// Whether the service, or a program, waits for the answer: a browser's waiting is not played.
    func waits(for fault: Fault) -> Bool {
        ["slow", "hang"].contains(fault.word) && ![.authorize, .consent, .orgAuthorize, .identity].contains(self)
    }

    /// The faults that can happen there.
    var faults: [Fault] {
        Fault.all.filter { fault in
            switch self {
            // What metadata and keys are fetched with is one thing.
            case .firstSignIn, .nextDay: [.metadata, .keys].contains(fault.place)
            case .orgFirstSignIn, .orgNextDay: [.salesforceMetadata, .salesforceKeys].contains(fault.place)
            case .redeem: [.token, .idToken].contains(fault.place)
            case .orgRedeem:
                [.salesforceToken, .salesforceIDToken].contains(fault.place) && !Self.ofOwnGrants.contains(fault.word)
            case .canvasSession, .assertion, .clientCredentials:
                fault.place == place && !Self.ofCodes.contains(fault.word)
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
