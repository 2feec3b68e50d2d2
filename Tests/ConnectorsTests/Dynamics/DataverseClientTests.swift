import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("The client of an environment")
struct DataverseClientTests {
    private static func client(
        _ sender: any HTTPSender, _ caller: DataverseCaller = .application
    ) throws -> DataverseClient {
        DataverseClient(
            sender: sender, environment: try EnvironmentURL(FakeEnvironment.origin, rules: EnvironmentRules()),
            token: AccessToken(Secret(Array("b3arer-t0ken".utf8)), expiresAt: nil), caller: caller)
    }

    @Test("asks who it is with its token, for that host alone")
    func whoAmI() async throws {
        let environment = FakeEnvironment()
        let caller = try await Self.client(environment).whoAmI()
        #expect(caller == WhoAmI(userID: try .test(11), organizationID: try .test(12)))
        let request = try #require(environment.requests.first)
        #expect(request.method == .get && request.url.target == "/api/data/v9.2/WhoAmI")
        #expect(request.bearerToken?.copiedBytes == Array("b3arer-t0ken".utf8))
        #expect(request.rule == HostRule(only: request.url.origin))
        #expect("\(request.url.origin)" == FakeEnvironment.origin)
        for (name, value) in [("Accept", "application/json"), ("OData-Version", "4.0"), ("OData-MaxVersion", "4.0")] {
            #expect(request.fields[try #require(HTTPFieldName(name))]?.text == value)
        }
        #expect(request.fields[.consistency] == nil)
    }

    @Test("finds a person by the object id, with the columns that decide, and at most two rows")
    func user() async throws {
        let environment = FakeEnvironment()
        let user = try #require(try await Self.client(environment).user(objectID: .test(2), isStrong: true))
        #expect(user.id == (try .test(5)) && user.email == "ann@example.com" && user.fullName == "Ann Example")
        #expect(!user.isDisabled && user.accessMode == .readWrite && user.applicationID == nil)
        #expect(user.emailStatus == .approved)
        #expect(
            environment.targets == [
                "systemusers?%24select=systemuserid%2Cfullname%2Cinternalemailaddress%2Cisdisabled%2Caccessmode%2C"
                    + "applicationid%2Cemailrouteraccessapproval%2Cazureactivedirectoryobjectid&%24filter="
                    + "azureactivedirectoryobjectid%20eq%20\(FakeEnvironment.id(2))&%24top=2"
            ])
        #expect(environment.requests[0].fields[.consistency]?.text == "Strong")
        #expect(environment.requests[0].fields[.prefer] == nil)
        environment.set("systemusers?", .rows([]))
        #expect(try await Self.client(environment).user(objectID: .test(2), isStrong: false) == nil)
    }

    @Test(
        "takes no row that lacks what decides, and none of somebody else",
        arguments: [
            ["isdisabled": ""], ["isdisabled": "null"], ["isdisabled": "0"], ["accessmode": ""],
            ["accessmode": "\"0\""],
            ["accessmode": "null"], ["systemuserid": ""], ["emailrouteraccessapproval": ""],
            ["emailrouteraccessapproval": "\"1\""], ["applicationid": ""], ["applicationid": "1"],
            ["internalemailaddress": ""], ["internalemailaddress": "[]"], ["azureactivedirectoryobjectid": ""],
            ["azureactivedirectoryobjectid": "\"00000000-0000-4000-8000-000000000003\""],
        ])
    func damagedRow(changes: [String: String]) async throws {
        let environment = FakeEnvironment(["systemusers?": .rows([FakeEnvironment.user(changes)])])
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) {
            _ = try await Self.client(environment).user(objectID: .test(2), isStrong: false)
        }
    }

    @Test("takes no row where there are two")
    func twoRows() async throws {
        let environment = FakeEnvironment(["systemusers?": .rows([FakeEnvironment.user(), FakeEnvironment.user()])])
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) {
            _ = try await Self.client(environment).user(objectID: .test(2), isStrong: false)
        }
    }

    @Test("takes an address that is null for none, and an unknown status for none")
    func nullColumns() async throws {
        let environment = FakeEnvironment([
            "systemusers?": .rows([
                FakeEnvironment.user([
                    "internalemailaddress": "null", "emailrouteraccessapproval": "null", "accessmode": "4",
                    "applicationid": "\"x\"", "isdisabled": "true",
                ])
            ])
        ])
        let user = try #require(try await Self.client(environment).user(objectID: .test(2), isStrong: false))
        #expect(user.email.isEmpty && user.emailStatus == .missing && user.accessMode.number == 4)
        #expect(user.applicationID == "x" && user.isDisabled)
    }

    private static func person() throws -> SystemUser {
        try #require(SystemUser(try JSONValue(parsing: FakeEnvironment.user().utf8), of: .test(2)))
    }

    @Test("reads the roles of a person's teams and groups by one function")
    func roles() async throws {
        let environment = FakeEnvironment([
            "RetrieveAadUserRoles": .rows([
                FakeEnvironment.role(
                    " Cobrowse.io - Agent\\n", 41, root: 21, template: FakeEnvironment.id(9).uppercased())
            ])
        ])
        let roles = try await Self.client(environment).roles(of: Self.person(), objectID: .test(2), isStrong: true)
        #expect(
            roles.map(\.fact) == [
                DynamicsFacts.SecurityRole(
                    name: "Cobrowse.io - Agent", rootID: FakeEnvironment.id(21), templateID: FakeEnvironment.id(9))
            ])
        #expect(environment.targets.count == 1)
        #expect(environment.targets[0].hasPrefix("RetrieveAadUserRoles(DirectoryObjectId=\(FakeEnvironment.id(2)))?"))
        #expect(environment.requests[0].fields[.consistency]?.text == "Strong")
    }

    @Test(
        "reads both associations where that function is not there",
        arguments: [
            IncomingResponse.refusal(404, "0x8006088a"), .refusal(400, "0x80060888"), .refusal(501, ""),
            .page(404), .refusal(404, "0x80040217"),
        ])
    func associations(answer: IncomingResponse) async throws {
        let environment = FakeEnvironment([
            "RetrieveAadUserRoles": answer,
            "systemusers(\(FakeEnvironment.id(5)))/systemuserroles_association": .rows([
                FakeEnvironment.role("Own", 41)
            ]), "roles": .rows([FakeEnvironment.role("Through a team", 42)]),
        ])
        let roles = try await Self.client(environment).roles(of: Self.person(), objectID: .test(2), isStrong: false)
        #expect(roles.map(\.name) == ["Own", "Through a team"])
        #expect(environment.targets.count == 3)
        #expect(
            environment.targets[2].hasSuffix(
                "teamroles_association%2Fany%28t%3At%2Fteammembership_association%2Fany%28m%3Am%2Fsystemuserid%20eq%20"
                    + "\(FakeEnvironment.id(5))%29%29"))
    }

    @Test("does not take a refusal of that function for its absence", arguments: [401, 403, 429, 500, 503] as [UInt16])
    func functionRefused(status: UInt16) async throws {
        let environment = FakeEnvironment(["RetrieveAadUserRoles": .refusal(status, "0x80040220")])
        await #expect(throws: ConnectorError.self) {
            _ = try await Self.client(environment).roles(of: Self.person(), objectID: .test(2), isStrong: false)
        }
        #expect(environment.targets.count == 1)
    }

    @Test("reads every page, each with the same preference")
    func pages() async throws {
        let next = { (number: Int) in "\(FakeEnvironment.origin)/api/data/v9.2/roles?page=\(number)&cookie=%3Ca%3E" }
        let environment = FakeEnvironment([
            "roles": .rows([FakeEnvironment.role("1", 1)], next: next(2)),
            "roles?page=2": .rows([], next: next(3)), "roles?page=3": .rows([FakeEnvironment.role("3", 3)]),
        ])
        let roles = try await Self.client(environment).roles(DataverseQuery("roles", isStrong: true))
        #expect(roles.map(\.name) == ["1", "3"])
        #expect(environment.targets == ["roles", "roles?page=2&cookie=%3Ca%3E", "roles?page=3&cookie=%3Ca%3E"])
        for request in environment.requests {
            #expect(request.fields[.prefer]?.text == "odata.maxpagesize=500")
            #expect(request.fields[.consistency]?.text == "Strong")
            #expect("\(request.url.origin)" == FakeEnvironment.origin)
        }
    }

    @Test(
        "sends its token nowhere else, whatever a page says",
        arguments: [
            "https://evil.example/api/data/v9.2/roles", "http://acme.crm4.dynamics.com/api/data/v9.2/roles",
            "https://acme.crm4.dynamics.com:444/api/data/v9.2/roles",
            "https://acme.crm4.dynamics.com@evil.example/api/data/",
            "https://acme.crm4.dynamics.com.evil.example/api/data/v9.2/roles", "/api/data/v9.2/roles?page=2",
            "roles?page=2",
            "https://acme.crm4.dynamics.com/other", "https://acme.api.crm4.dynamics.com/api/data/v9.2/roles", "",
            "null",
        ])
    func foreignLink(link: String) async throws {
        let environment = FakeEnvironment([
            "roles": link == "null"
                ? .json(#"{"value":[],"@odata.nextLink":null}"#) : .rows([FakeEnvironment.role("1", 1)], next: link)
        ])
        let error = await #expect(throws: ConnectorError.self) {
            _ = try await Self.client(environment).roles(DataverseQuery("roles"))
        }
        #expect(error?.code == .upstreamUnavailable)
        #expect(environment.requests.count == 1)
    }

    @Test("does not follow pages for ever")
    func endless() async throws {
        let environment = FakeEnvironment([
            "roles": .rows([], next: "\(FakeEnvironment.origin)/api/data/v9.2/roles?page=2")
        ])
        await #expect(throws: ConnectorError(.upstreamUnavailable, "")) {
            _ = try await Self.client(environment).roles(DataverseQuery("roles"))
        }
        #expect((10...50).contains(environment.requests.count))
    }

    @Test("has nothing of a list whose page fails")
    func failedPage() async throws {
        let environment = FakeEnvironment([
            "roles": .rows(
                [FakeEnvironment.role("1", 1)], next: "\(FakeEnvironment.origin)/api/data/v9.2/roles?page=2"),
            "roles?page=2": .refusal(500, ""),
        ])
        await #expect(throws: ConnectorError(.upstreamUnavailable, "", vendorCode: "500")) {
            _ = try await Self.client(environment).roles(DataverseQuery("roles"))
        }
    }

    @Test("doubles quotes inside a text of a filter")
    func literals() {
        #expect(DataverseQuery.literal("O'Neil's") == "'O''Neil''s'")
        #expect(DataverseQuery.literal("' or 1 eq 1 or name eq '") == "''' or 1 eq 1 or name eq '''")
    }
}
