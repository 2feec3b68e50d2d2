import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("The cookie of a sign-in")
struct SignInCookieTests {
    private static let value = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"

    @Test("cannot be set by another host, read by a script, or shared between sites")
    func field() throws {
        let cookie = try SignInCookie(from: FixedRandomSource())
        #expect(
            cookie.field.text == "__Host-cobrowse-sso-signin=\(Self.value); Path=/; Max-Age=600; Secure; HttpOnly; "
                + "SameSite=None; Partitioned")
    }

    @Test(
        "is found among others",
        arguments: [
            ["__Host-cobrowse-sso-signin=\(value)"], ["a=b; __Host-cobrowse-sso-signin=\(value); c=d"],
            ["a=b", "__Host-cobrowse-sso-signin=\(value)"], ["a=b;__Host-cobrowse-sso-signin=\(value)"],
            ["__Host-cobrowse-sso-signin=\(value); __Host-cobrowse-sso-signin=\(value)"],
        ])
    func found(fields: [String]) throws {
        #expect(try SignInCookie(in: fields)?.field == SignInCookie(from: FixedRandomSource()).field)
    }

    @Test(
        "is none where there is another, or none of ours",
        arguments: [
            [], [""], ["__Host-cobrowse-sso-signin"], ["__Host-cobrowse-sso-signin="],
            ["__Host-cobrowse-sso-signin=\(value)A"], ["__Host-cobrowse-sso-signin=\"\(value)\""],
            ["__host-cobrowse-sso-signin=\(value)"], ["cobrowse-sso-signin=\(value)"],
            ["x__Host-cobrowse-sso-signin=\(value)"], ["__Host-cobrowse-sso-signin=\(value.dropLast())+"],
            ["__Host-cobrowse-sso-signin=\(value); __Host-cobrowse-sso-signin=\(value.dropLast(2))AE"],
        ])
    func none(fields: [String]) {
        #expect(SignInCookie(in: fields) == nil)
    }

    @Test("is another for each browser")
    func random() throws {
        let source = FixedRandomSource()
        #expect(try SignInCookie(from: source).field != SignInCookie(from: source).field)
    }
}
