import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("Admin consent")
struct AdminConsentTests {
    private let vault: TestVault
    private let state: ConsentState

    init() throws {
        vault = try TestVault()
        state = try ConsentState(
            license: #require(License("acme-test")), connection: "dynamics:default", random: FixedRandomSource(),
            now: TokenMaker.now)
    }

    /// The outcome of a query, with the sealed state in the place of `STATE`.
    private func outcome(_ query: String, after seconds: Int64 = 1) throws -> Result<ConsentState, ConnectorError> {
        let query = query.replacing("STATE", with: try state.sealed(by: vault))
        do throws(ConnectorError) {
            let callback = ConsentCallback(query: query)
            return .success(try callback.consent(by: vault, now: TokenMaker.now.adding(seconds: seconds)))
        } catch {
            return .failure(error)
        }
    }

    @Test("has a page for a tenant, or for whoever's tenant it will be")
    func url() throws {
        let application = EntraApplication(
            authority: EntraCloud.global.authority, tenant: .organizations,
            clientID: try #require(GUID(IDTokenMaker.clientID)), credential: .secret(Secret([])))
        let consent = AdminConsent(
            of: application, redirectURI: "https://sso.example/api/1/dynamics/consent/callback",
            resource: TokenResource("https://acme.crm4.dynamics.com"))
        #expect(
            consent.url(state: "S")?.text
                == "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id="
                + "\(IDTokenMaker.clientID)&scope=openid%20profile%20https%3A%2F%2Facme.crm4.dynamics.com%2F.default&"
                + "redirect_uri=https%3A%2F%2Fsso.example%2Fapi%2F1%2Fdynamics%2Fconsent%2Fcallback&state=S")
    }

    @Test("is given where nothing says otherwise, whatever tenant is named")
    func given() throws {
        for tenant in ["", "&tenant=99999999-aaaa-4bbb-8ccc-000000000009", "&tenant=x&tenant=y"] {
            #expect(try outcome("admin_consent=True&state=STATE\(tenant)").get() == state)
        }
        #expect(state.id.utf8.count == 43)
    }

    @Test(
        "is not given where Entra sends an error, though it says True as well",
        arguments: [
            (
                "admin_consent=True&error=consent_required&error_description=AADSTS65004%3a+declined&state=STATE",
                .consentDeclined
            ),
            ("error=access_denied&state=STATE&admin_consent=True", .consentDeclined),
            ("admin_consent=True&error=&state=STATE", .signInBlocked),
            ("error=permission_denied&state=STATE", .consentDeclined),
            ("admin_consent=False&state=STATE", .consentRequired), ("state=STATE", .consentRequired),
            ("admin_consent=True&admin_consent=True&state=STATE", .consentRequired),
        ] as [(String, ReasonCode)])
    func refused(query: String, code: ReasonCode) throws {
        #expect(try outcome(query).failure?.code == code)
    }

    @Test(
        "comes back with the state it left with, within a week",
        arguments: [
            ("admin_consent=True", 1), ("admin_consent=True&state=", 1), ("admin_consent=True&state=x", 1),
            ("admin_consent=True&state=STATE&state=STATE", 1), ("admin_consent=True&state=STATEA", 1),
            ("admin_consent=True&state=STATE", 604_800), ("admin_consent=True&state=STATE", -1),
            ("error=access_denied", 1),
        ] as [(String, Int64)])
    func state(query: String, after seconds: Int64) throws {
        #expect(try outcome(query, after: seconds).failure?.code == .stateInvalid)
    }

    @Test("cannot be made up, changed, or taken from another bridge")
    func forged() throws {
        let sealed = try state.sealed(by: vault)
        let other = try TestVault(8)
        let foreign = try state.sealed(by: other)
        let login = Base64URL.encode(try vault.seal(Secret(Array("{}".utf8)), for: "something else"))
        var bytes = try #require(Base64URL.decode(sealed.utf8))
        bytes[bytes.count - 20] ^= 1
        for text in [foreign, login, Base64URL.encode(bytes), String(repeating: "A", count: 4000)] {
            #expect(try outcome("admin_consent=True&state=\(text)").failure?.code == .stateInvalid)
        }
    }
}
