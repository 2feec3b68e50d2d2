import HTTPMessage
import Testing

@testable import BridgeService

@Suite("The path of an operation")
struct PathTemplateTests {
    private let template = PathTemplate("/api/1/tenants/{license}/keys/{keyId}")

    @Test("gives the values in it, decoded")
    func values() {
        #expect(
            template.values(in: "/api/1/tenants/acme/keys/my%20key%40x") == ["license": "acme", "keyId": "my key@x"])
        #expect(template.parameterNames == ["license", "keyId"])
        #expect(template.text == "/api/1/tenants/{license}/keys/{keyId}")
    }

    @Test(
        "is compared part by part, and is no other",
        arguments: [
            "/api/1/tenants/acme/keys", "/api/1/tenants/acme/keys/", "/api/1/tenants//keys/a",
            "/api/1/tenants/acme/keys/a/", "/api/1/tenants/acme/keys/a/b", "/api/1/tenants/acme/%6Beys/a",
            "/api/1/tenants/acme/keys/%", "/api/1/tenants/acme/keys/%4", "/api/1/tenants/acme/keys/%zz",
            "/api/1/tenants/acme/keys/%ff", "/API/1/tenants/acme/keys/a", "api/1/tenants/acme/keys/a", "", "/",
        ])
    func others(path: String) {
        #expect(template.values(in: path) == nil)
    }

    @Test("keeps an encoded slash inside its part, so that no other path can be meant")
    func slash() {
        #expect(template.values(in: "/api/1/tenants/a%2Fb/keys/..%2Fc") == ["license": "a/b", "keyId": "../c"])
    }

    @Test("and its method lead to one operation, HEAD to that of GET")
    func table() {
        for operation in OperationTable.all.operations {
            let path = operation.spec.path.text
            guard case .operation(let found, _) = OperationTable.all.find(operation.spec.method, path) else {
                Issue.record("\(operation.spec.id) is not found")
                continue
            }
            #expect(found.spec.id == operation.spec.id)
        }
        guard case .operation(let head, let parameters) = OperationTable.all.find(.head, "/api/1/tenants/a") else {
            Issue.record("HEAD is not answered")
            return
        }
        #expect(head.spec.id == "getTenant" && parameters == ["license": "a"])
        guard case .otherMethods(let methods) = OperationTable.all.find(.post, "/api/1/tenants/a") else {
            Issue.record("POST is answered")
            return
        }
        #expect(methods == [.get, .head, .put, .delete])
        #expect(OperationTable.all.find(.get, "/api/1/tenants/a/connections/other") == nil)
    }
}
