package import BridgeCore

/// The Apex that signs a tenant's tokens inside a Salesforce org: what it is made with, and the files it is.
///
/// Everything in it was checked before (`License`, `ApexName`) or is written through `ApexLiteral`, so that no parameter
/// can become code. There is no Apex compiler here: `Docs/Salesforce/ApexTokens.md` says how sure each call is.
package struct ApexToken: Sendable {
    /// One file of the org's source, in the layout of `sf project deploy`.
    package struct File: Sendable, Hashable {
        package let name: String
        package let content: String
    }

    /// Version of the Apex language the classes are compiled for: Spring '24, which has all that they call and still
    /// runs queries in system mode unless told otherwise.
    static let apiVersion = "60.0"
    /// The name that Cobrowse's first package for Salesforce looks its certificate up by.
    package static let standardCertificate = "CobrowseIO"
    package static let standardClass = "CobrowseToken"

    package let license: License
    /// Unique name of the certificate in Setup, Certificate and Key Management.
    package let certificate: ApexName
    package let className: ApexName
    /// How long a token is valid, in seconds: 1 to 86,400.
    package let lifetime: Int64
    /// The names that the tenant's rules ask for; empty for a token that names all that a user has.
    package let namedByRules: [String]

    package init(
        license: License, certificate: ApexName, className: ApexName, lifetime: Int64, namedByRules: [String] = []
    ) {
        self.license = license
        self.certificate = certificate
        self.className = className
        self.lifetime = lifetime
        self.namedByRules = namedByRules
    }

    /// The class, its test, and the description of each, in that order.
    package var files: [File] {
        [
            File(name: "\(className).cls", content: classText),
            File(name: "\(className).cls-meta.xml", content: Self.description),
            File(name: "\(className)Test.cls", content: testText),
            File(name: "\(className)Test.cls-meta.xml", content: Self.description),
        ]
    }

    /// Whether a rule may ask for something of this name: 1 to 255 characters, none of them a control character.
    package static func isNameInRules(_ name: String) -> Bool {
        (1...255).contains(name.utf16.count)
            && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    private static let description = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">
            <apiVersion>\(apiVersion)</apiVersion>
            <status>Active</status>
        </ApexClass>

        """

    /// Both classes for pasting, with the steps before them as a comment.
    package var pasteableText: String {
        let numbered = steps.enumerated().map { "\($0.offset + 1). \($0.element)" }
        let sources = files.filter { $0.name.hasSuffix(".cls") }
        let classes = sources.map { "// ---- \($0.name)\n\n\($0.content)" }
        return "/*\n\(numbered.joined(separator: "\n\n"))\n*/\n\n\(classes.joined(separator: "\n"))"
    }

    /// Writes `{"license","certificateName","className","expiresIn","files":[{"name","content"}],"steps":[]}`.
    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("license", license.value)
            writer.member("certificateName", certificate.value)
            writer.member("className", className.value)
            writer.member("expiresIn", lifetime)
            writer.name("files")
            writer.array { writer in
                for file in files {
                    writer.object { writer in
                        writer.member("name", file.name)
                        writer.member("content", file.content)
                    }
                }
            }
            writer.name("steps")
            writer.array { writer in for step in steps { writer.string(step) } }
        }
    }
}
