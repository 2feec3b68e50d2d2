internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// `/openapi.json`: every operation of the service in OpenAPI 3.1, written from what the operations themselves are
/// found and judged by.
enum OpenAPIDocument {
    /// The text of the document.
    static let text: [UInt8] = write(Route.specs + OperationTable.all.operations.map(\.spec))

    /// The document with these operations.
    static func write(_ specs: [OperationSpec]) -> [UInt8] {
        var writer = JSONWriter(capacity: 65_536)
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.name("info")
            writer.object { writer in
                writer.member("title", "cobrowse-sso")
                writer.member("version", "1")
                writer.member("description", "Logins of Cobrowse agents, and the administration of who may log in.")
            }
            writer.name("paths")
            writer.object { writer in paths(specs, to: &writer) }
            writer.name("components")
            writer.object { writer in components(to: &writer) }
        }
        return writer.bytes
    }

    private static func paths(_ specs: [OperationSpec], to writer: inout JSONWriter) {
        var paths: [String] = []
        for spec in specs where !paths.contains(spec.path.text) { paths.append(spec.path.text) }
        for path in paths {
            writer.name(path)
            writer.object { writer in
                for spec in specs where spec.path.text == path {
                    writer.name(spec.method.rawValue.lowercased())
                    writer.object { spec.write(to: &$0) }
                }
            }
        }
    }

    private static func components(to writer: inout JSONWriter) {
        writer.name("securitySchemes")
        writer.object { writer in
            for (name, text) in OperationSpec.Need.schemes {
                writer.name(name)
                writer.object { writer in
                    writer.member("type", "http")
                    writer.member("scheme", "bearer")
                    writer.member("description", text)
                }
            }
        }
        writer.name("schemas")
        writer.object { writer in
            for (name, schema) in Schemas.all {
                writer.name(name)
                schema.write(to: &writer)
            }
        }
    }
}
