import AuthService
import BridgeCore
import BridgeTesting
import Testing

@Suite("Facts as a document")
struct FactsDocumentTests {
    @Test(
        "come back as they were written",
        arguments: [
            #"{"email":"a@b.example"}"#,
            #"{"email":"a@b.example","displayName":"A","role":"administrator"}"#,
            #"{"email":"a@b.example","role":null}"#,
            #"{"email":"a@b.example","salesforce":{"emailVerified":false}}"#,
            #"{"email":"a","salesforce":{"organizationId":"00D000000000062EAA","userId":"005000000000062AAA","#
                + #""emailVerified":true,"isActive":true,"userType":"Standard","profile":"P","permissionSets":["A",{"name":"#
                + #""B","label":"L","namespacePrefix":"n","isActive":false,"expirationDate":"2026-11-20T00:00:00Z"}],"#
                + #""permissionSetGroups":[],"customPermissions":["C"]}}"#,
            #"{"email":"a","salesforce":{"connection":"emea","organizationId":"00D000000000062EAA","userId":"#
                + #""005000000000062AAA","username":"u","isActive":true,"isFrozen":false,"userType":"Standard","profile":{"#
                + #""name":"P","id":"00e8Z000000btHhQAI"},"permissionSets":[{"name":"A","id":"0PS8Z000000btHhWAI","group":"#
                + #""G"}],"permissionSetGroups":[{"name":"G","expirationDate":"2026-11-20T00:00:00Z"}],"notReadable":["#
                + #""emailVerified","customPermissions"]}}"#,
            #"{"email":"a","dynamics":{}}"#,
            #"{"email":"a","dynamics":{"isEnabled":true,"isPerson":false,"emailApproved":true,"securityRoles":["R","#
                + #"{"name":"S","rootId":"1","templateId":"2"}],"teams":["T"]}}"#,
            #"{"email":"a","dynamics":{"connection":"emea","tenantId":"00000000-0000-4000-8000-000000000001","objectId":"#
                + #""00000000-0000-4000-8000-000000000002","isEnabled":true,"accessMode":"non-interactive","applicationId":"#
                + #""x","emailStatus":"pending","mailboxApproval":"not-used","securityRoles":[]}}"#,
            #"{"email":"a","dynamics":{"accessMode":"17","emailStatus":"missing"}}"#,
        ])
    func roundTrip(text: String) throws {
        let facts = try LoginFacts(try JSONValue(parsing: text.utf8))
        var writer = JSONWriter()
        facts.write(to: &writer)
        #expect(writer.text == text)
    }

    @Test(
        "are refused with the place of what is wrong",
        arguments: [
            ("[]", ""), (#"{}"#, "email"), (#"{"email":1}"#, "email"), (#"{"email":"a","role":"boss"}"#, "role"),
            (#"{"email":"a","mail":"b"}"#, "mail"),
            (#"{"email":"a","salesforce":{}}"#, "salesforce"),
            (#"{"email":"a","salesforce":{"emailVerified":true},"dynamics":{}}"#, "dynamics"),
            (#"{"email":"a","salesforce":{"connection":"E"}}"#, "salesforce.connection"),
            (#"{"email":"a","salesforce":{"connection":"e","emailVerified":null}}"#, "salesforce.emailVerified"),
            (#"{"email":"a","salesforce":{"connection":"e","userId":"00D000000000062EAA"}}"#, "salesforce.userId"),
            (#"{"email":"a","salesforce":{"connection":"e","profile":1}}"#, "salesforce.profile"),
            (
                #"{"email":"a","salesforce":{"connection":"e","customPermissions":[{"id":"0"}]}}"#,
                "salesforce.customPermissions[0].name"
            ),
            (#"{"email":"a","salesforce":{"connection":"e","notReadable":["x"]}}"#, "salesforce.notReadable[0]"),
            (#"{"email":"a","dynamics":{"isEnabled":"yes"}}"#, "dynamics.isEnabled"),
            (#"{"email":"a","dynamics":{"securityRoles":[{"nam":"x"}]}}"#, "dynamics.securityRoles[0].nam"),
            (#"{"email":"a","dynamics":{"teams":["x",1]}}"#, "dynamics.teams[1]"),
            (#"{"email":"a","dynamics":{"connection":"default"}}"#, "dynamics"),
            (#"{"email":"a","dynamics":{"connection":"x","tenantId":"1","objectId":"2"}}"#, "dynamics.tenantId"),
            (#"{"email":"a","dynamics":{"accessMode":"4"}}"#, "dynamics.accessMode"),
            (#"{"email":"a","dynamics":{"accessMode":"+7"}}"#, "dynamics.accessMode"),
            (#"{"email":"a","dynamics":{"emailStatus":"Approved"}}"#, "dynamics.emailStatus"),
            (#"{"email":"a","dynamics":{"emailStatus":1}}"#, "dynamics.emailStatus"),
            (#"{"email":"a","dynamics":{"mailboxApproval":"off"}}"#, "dynamics.mailboxApproval"),
        ])
    func places(text: String, place: String) throws {
        let value = try JSONValue(parsing: text.utf8)
        #expect(throws: DocumentError(at: place, "")) { try LoginFacts(value) }
    }
}
