import AuthService
import BridgeCore
import BridgeTesting
import Glibc
import Testing

/// The JavaScript of `Docs/Salesforce/widget`, run by Node. Blocks while it runs.
private struct Node {
    /// Whether the machine has it; without it these tests are skipped, except in CI, where they fail.
    static let isMissing: Bool = {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return getenv("CI") == nil && !path.split(separator: ":").contains { access("\($0)/node", X_OK) == 0 }
    }()

    /// What `script` writes, given `source` as the text of the file and `cases` as what stands on standard input.
    static func run(_ file: String, _ script: String, _ cases: JSONValue) throws -> JSONValue {
        let frame = """
            import { readFileSync } from 'node:fs';
            const source = readFileSync(process.argv[1], 'utf8');
            const cases = JSON.parse(readFileSync(0, 'utf8'));
            \(script)
            """
        var writer = JSONWriter()
        writer.value(cases)
        let path = RepositoryFile("Docs/Salesforce/widget/\(file)").absolutePath
        let outcome = try Program("node").run(
            ["--input-type=module", "--eval", frame, "--", path], input: writer.bytes)
        try #require(outcome.isSuccess, "\(outcome.text)")
        return try JSONValue(parsing: outcome.output)
    }
}

@Suite(
    "The widget for Salesforce", .blocking, .disabled(if: Node.isMissing, "there is no node: install Debian's nodejs"))
struct WidgetTests {
    private static let values = [
        "ann@example.com", "a+b@c.example", "a b", "a&b=c", "a#b", "50%", "%41", "\"'`!()*~", "<b>", "&token=x",
        "jürgen@bücher.example", "日本", "👩‍💻", "\\ / ? ; , $", "aZ09-._~",
    ]
    private static let strings = JSONValue.array(values.map { .string($0) })

    /// What the bridge makes of a record that has `value` in every field.
    private static func bridgeURL(_ type: String, _ value: String) throws -> String {
        let fields = try #require(RecordMapping.standard.keys[type]?.keys)
        let record = CRMRecord(type: type, fields: fields.map { JSONMember(name: $0, value: .string(value)) })
        return EmbedURL(
            origin: try #require(WebOrigin("https://cobrowse.io")), tokenSource: .postMessage,
            parameters: [.navigation: "none"], filters: try RecordMapping.standard.filters(for: record)
        ).text(token: nil)
    }

    private static let module = """
        const widget = await import('data:text/javascript,' + encodeURIComponent(source));
        """

    @Test("maps records as a new tenant does, and builds the URLs of the bridge in the Lightning component")
    func lightning() throws {
        let file = "lwc/cobrowseWidget/embedUrl.js"
        let mapping = try Node.run(
            file, "\(Self.module) console.log(JSON.stringify(widget.RECORD_MAPPING));", .null)
        #expect(mapping == RecordMapping.standard.value)
        let script = """
            \(Self.module)
            const url = (type, value) =>
                widget.embedUrl('dashboard', widget.filtersOf(type, () => value), { navigation: 'none' });
            const types = Object.keys(widget.RECORD_MAPPING);
            console.log(JSON.stringify(types.map((type) => cases.map((value) => url(type, value)))));
            """
        let expected = try ["Case", "Contact", "LiveChatTranscript"].map { type in
            JSONValue.array(try Self.values.map { .string(try Self.bridgeURL(type, $0)) })
        }
        #expect(try Node.run(file, script, Self.strings) == .array(expected))
    }

    @Test("refuses a record without a value, and a type that is not mapped, in the Lightning component")
    func refusals() throws {
        let script = """
            \(Self.module)
            const attempt = ([type, value]) => {
                try { return widget.filtersOf(type, () => value); } catch (problem) { return problem.message; }
            };
            console.log(JSON.stringify(cases.map(attempt)));
            """
        let cases = try JSONValue(
            parsing: #"[["Case",null],["Case",""],["Case"," \t"],["Case",7],["Lead","a@b.example"],["Case","a"]]"#.utf8)
        let none = "This record has no value in ContactEmail, which the devices are filtered by."
        let unmapped = "Records of type Lead are not mapped to any custom data of Cobrowse."
        let answers = try #require(try Node.run("lwc/cobrowseWidget/embedUrl.js", script, cases).arrayValue)
        #expect(answers.map(\.stringValue) == [none, none, none, none, unmapped, nil])
        #expect(answers.last == .array([.array([.string("user_email"), .string("a")])]))
    }

    /// The component without what Salesforce gives it: decorators go, imports are stubs. It writes what it shows of each
    /// record, and what the frame was handed.
    private static let component = """
        const urls = readFileSync(process.argv[1].replace('cobrowseWidget.js', 'embedUrl.js'), 'utf8');
        const { COBROWSE_API, embedUrl, fieldsOf, filtersOf } =
            await import('data:text/javascript,' + encodeURIComponent(urls));
        const handed = [];
        class CobrowseAPI {
            constructor(token, options) { this.known = [token, options.api]; }
            async attachContext(frame) { handed.push([...this.known, frame]); }
        }
        const stubs = {
            LightningElement: class { template = { querySelector: () => this.url ? 'frame' : null }; },
            getFieldValue: (data, field) => data[field], loadScript: async () => {}, issue: async () => 'ey.j.w',
            agentSdk: 'sdk', window: { CobrowseAPI }, COBROWSE_API, embedUrl, fieldsOf, filtersOf
        };
        const code = source.replace(/^import .*$/gm, '').replace(/@api |@wire.*$/gm, '').replace('export default', 'return');
        const Widget = new Function(...Object.keys(stubs), code)(...Object.values(stubs));
        const shown = [];
        for (const [type, data, error] of cases) {
            const widget = new Widget();
            widget.objectApiName = type;
            widget.showRecord({ data: data ?? undefined, error });
            widget.renderedCallback();
            widget.renderedCallback();
            await new Promise(setImmediate);
            shown.push([widget.url ?? null, widget.problem ?? null]);
        }
        console.log(JSON.stringify({ shown, handed }));
        """

    @Test("shows a frame for a record with a value alone, and hands it the token once, beside the URL")
    func frames() throws {
        let cases = try JSONValue(
            parsing: #"""
                [["Case",{"Case.ContactEmail":"a@b.example"}],["Case",{"Case.ContactEmail":null}],["Case",null,"denied"],
                ["Lead",{"Lead.Email":"a@b.example"}],["Lead",null,"no fields"],["Case",null]]
                """#.utf8)
        let answer = try Node.run("lwc/cobrowseWidget/cobrowseWidget.js", Self.component, cases)
        let url = try Self.bridgeURL("Case", "a@b.example")
        let expected = try JSONValue(
            parsing: #"""
                {"shown":[["\#(url)",null],
                [null,"This record has no value in ContactEmail, which the devices are filtered by."],
                [null,"This record cannot be read."],
                [null,"Records of type Lead are not mapped to any custom data of Cobrowse."],
                [null,"Records of type Lead are not mapped to any custom data of Cobrowse."],[null,null]],
                "handed":[["ey.j.w","https://cobrowse.io","frame"]]}
                """#.utf8)
        #expect(answer == expected)
    }

    @Test("builds the same URLs in the Visualforce page, and none without a value")
    func visualforce() throws {
        let script = """
            const code = source.split('<script>')[1].split('try {')[0];
            const embedUrl = new Function(code + '; return embedUrl;')();
            const attempt = (value) => {
                try { return embedUrl('user_email', value); } catch { return null; }
            };
            console.log(JSON.stringify(cases.concat(['', ' ']).map(attempt)));
            """
        let expected = try Self.values.map { JSONValue.string(try Self.bridgeURL("Case", $0)) }
        #expect(try Node.run("pages/CobrowseCase.page", script, Self.strings) == .array(expected + [.null, .null]))
    }
}
