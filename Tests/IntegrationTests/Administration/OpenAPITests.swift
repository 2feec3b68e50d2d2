import AuthService
import BridgeCore
import BridgeService
import BridgeTesting
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("The document of the routes", .blocking)
struct OpenAPITests {
    /// An operation as the document has it.
    struct Documented {
        let method: String
        let path: String
        let value: JSONValue
        var id: String { value["operationId"]?.stringValue ?? "" }

        static func all(in document: JSONValue) throws -> [Documented] {
            var all: [Documented] = []
            for path in try #require(document["paths"]?.objectValue) {
                for method in path.value.objectValue ?? [] {
                    all.append(Documented(method: method.name.uppercased(), path: path.name, value: method.value))
                }
            }
            return all
        }
    }

    private static func document(_ test: ServiceUnderTest) throws -> JSONValue {
        let answer = try test.send("GET", "/openapi.json")
        #expect(answer.status == 200 && answer["content-type"] == "application/json")
        return try answer.json
    }

    @Test("has every route, and no other")
    func complete() async throws {
        try await ServiceUnderTest.run { test in
            let documented = try Documented.all(in: try Self.document(test)).map { "\($0.method) \($0.path)" }
            let posts: [Route] = [.verify, .exchange, .salesforceCanvas]
            let fixed = Route.allCases.map { "\(posts.contains($0) ? "POST" : "GET") \($0.path)" }
            let table = OperationTable.all.operations.map { "\($0.spec.method.rawValue) \($0.spec.path.text)" }
            #expect(documented.sorted() == (fixed + table).sorted())
            let ids = try Documented.all(in: try Self.document(test)).map(\.id)
            #expect(Set(ids).count == ids.count)
        }
    }

    @Test("says of every object which members it has, and refers to nothing that is not there")
    func closed() async throws {
        try await ServiceUnderTest.run { test in
            let document = try Self.document(test)
            #expect(document["openapi"] == .string("3.1.0"))
            let names = Set((document["components"]?["schemas"]?.objectValue ?? []).map(\.name))
            var (objects, references) = (0, Set<String>())
            Self.walk(document) { value in
                if value["type"] == .string("object") {
                    objects += 1
                    #expect(value["additionalProperties"] != nil)
                }
                if let reference = value["$ref"]?.stringValue {
                    references.insert(reference.replacing("#/components/schemas/", with: ""))
                }
            }
            #expect(objects > 20)
            #expect(references.subtracting(names).isEmpty)
            #expect(names.subtracting(references).isEmpty, "nobody uses these")
        }
    }

    private static func walk(_ value: JSONValue, _ visit: (JSONValue) -> Void) {
        visit(value)
        for member in value.objectValue ?? [] { walk(member.value, visit) }
        for element in value.arrayValue ?? [] { walk(element, visit) }
    }

    @Test("is what the service does: each operation answers in its form, and so does each refusal")
    func driven() async throws {
        try await ServiceUnderTest.run(["public_url": "https://sso.example"], sender: FakeVendors()) { test in
            let document = try Self.document(test)
            let operations = try Documented.all(in: document)
            let check = SchemaCheck(document: document)
            var journey = try await OpenAPIJourney(test)
            var driven: Set<String> = []
            for step in try journey.steps() {
                let operation = try #require(operations.first { $0.id == step.operation }, "\(step.operation)")
                driven.insert(step.operation)
                let answer = try journey.send(step, operation)
                let comment: Comment = "\(step.operation): \(answer.statusLine) \(answer.text)"
                #expect(answer.status == step.status, comment)
                let documented = operation.value["responses"]?["\(answer.status)"]
                let response = try #require(documented, comment)
                if let header = response["headers"]?.objectValue {
                    for field in header { #expect(answer[field.name.lowercased()] != nil, "\(field.name) \(comment)") }
                }
                guard let content = response["content"]?.objectValue?.first else {
                    #expect(answer.body.isEmpty, comment)
                    continue
                }
                #expect(answer["content-type"]?.hasPrefix(content.name) == true, comment)
                guard content.name.hasSuffix("json") else { continue }
                let schema = try #require(content.value["schema"])
                #expect(check.problems(try answer.json, schema) == [], comment)
                if let json = step.json, step.isDocumentedBody {
                    let form = operation.value["requestBody"]?["content"]?["application/json"]?["schema"]
                    let value = try JSONValue(parsing: json.utf8)
                    #expect(check.problems(value, try #require(form)) == [], comment)
                }
            }
            #expect(driven == Set(operations.map(\.id)))
        }
    }

    @Test("has the members of every body: one more is refused by its name")
    func unknownMembers() async throws {
        try await ServiceUnderTest.run(sender: FakeVendors()) { test in
            let operations = try Documented.all(in: try Self.document(test))
            var journey = try await OpenAPIJourney(test)
            var count = 0
            for step in try journey.steps() {
                guard let json = step.json, json.hasPrefix("{\""), step.isDocumentedBody, step.status != 403,
                    !["verify", "exchange", "putRecordMapping"].contains(step.operation)
                else { continue }
                let operation = try #require(operations.first { $0.id == step.operation })
                var odd = step
                odd.json = json.dropLast() + ",\"licence\":1}"
                let answer = try journey.send(odd, operation)
                #expect(answer.verdict == "422 configuration_invalid", "\(step.operation) \(answer.text)")
                #expect(answer.text.contains("licence"))
                count += 1
                _ = try journey.send(step, operation)
            }
            #expect(count >= 7)
        }
    }
}
