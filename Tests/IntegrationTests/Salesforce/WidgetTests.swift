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
    @Test("asks for the fields that a new tenant maps, and refuses a record without a value there")
    func records() throws {
        let script = """
            const widget = await import('data:text/javascript,' + encodeURIComponent(source));
            const { RECORD_FIELDS, fieldsOf, valuesOf } = widget;
            RECORD_FIELDS.Empty = [];
            const attempt = ([type, value]) => {
                try { return valuesOf(type, () => value); } catch (problem) { return problem.message; }
            };
            console.log(JSON.stringify({ fields: RECORD_FIELDS, names: fieldsOf('Case'), answers: cases.map(attempt) }));
            """
        let cases = try JSONValue(
            parsing: #"""
                [["Case",null],["Case",""],["Case"," \t"],["Case",7],["Lead","a@b.example"],["Empty","a"],["Case","a"]]
                """#.utf8)
        let answer = try Node.run("lwc/cobrowseWidget/record.js", script, cases)
        for (type, fields) in RecordMapping.standard.keys {
            #expect(answer["fields"]?[type]?.arrayValue?.compactMap(\.stringValue).sorted() == fields.keys.sorted())
        }
        #expect(answer["names"] == .array([.string("Case.ContactEmail")]))
        let none = "This record has no value in ContactEmail, which the devices are filtered by."
        func unmapped(_ type: String) -> String {
            "Records of type \(type) are not mapped to any custom data of Cobrowse."
        }
        let answers = try #require(answer["answers"]?.arrayValue)
        #expect(answers.map(\.stringValue) == [none, none, none, none, unmapped("Lead"), unmapped("Empty"), nil])
        #expect(answers.last == .object([JSONMember(name: "ContactEmail", value: .string("a"))]))
    }

    /// What Salesforce gives the component, played: decorators go, imports are stubs. A script tells `act` what happens to
    /// one instance, in the order in which it happens, and every step writes what is to be seen then.
    private static let stage = """
        const record = readFileSync(process.argv[1].replace('cobrowseWidget.js', 'record.js'), 'utf8');
        const { fieldsOf, valuesOf } = await import('data:text/javascript,' + encodeURIComponent(record));
        const [handed, asked, timers, steps] = [[], [], [], []];
        let frames = 0, tokens = 0, reply = null, clock = 0;
        class CobrowseAPI {
            constructor(token, options) { this.token = token; this.api = options.api; }
            async attachContext(frame) { handed.push([this.token, this.api, frame.name]); this.frame = frame.name; live = this; }
        }
        let live = null;
        /* The answer of the bridge: at once, or when the script says so. */
        const open = (request) => {
            asked.push(request.fields.ContactEmail);
            const answer = () => ({
                url: 'https://eu.cobrowse.io/dashboard?filter=' + request.fields.ContactEmail,
                token: 't' + ++tokens, expiresIn: '900'
            });
            if (reply === 'later') return new Promise((give, refuse) => waiting.push({ give: () => give(answer()), refuse }));
            return reply ? Promise.reject({ body: { message: reply } }) : Promise.resolve(answer());
        };
        const waiting = [];
        const stubs = {
            LightningElement: class {
                template = {
                    querySelector: () => {
                        if (!this.source) this.frame = null;
                        else if (!this.frame || this.frame.url !== this.source)
                            this.frame = { name: 'frame' + ++frames, url: this.source };
                        return this.frame;
                    }
                };
            },
            getFieldValue: (data, field) => data[field], loadScript: async () => {}, open, agentSdk: 'sdk',
            window: { CobrowseAPI }, fieldsOf, valuesOf,
            setTimeout: (run, wait) => { timers.push({ run, wait, isOn: true }); return timers.length; },
            clearTimeout: (number) => { if (timers[number - 1]) timers[number - 1].isOn = false; },
            Date: { now: () => clock }
        };
        const code = source.replace(/^import .*$/gm, '').replace(/@api |@wire.*$/gm, '').replace('export default', 'const Widget =')
            + '; return Widget;';
        const Widget = new Function(...Object.keys(stubs), code)(...Object.values(stubs));
        const widget = new Widget();
        widget.objectApiName = 'Case';
        const settle = async () => {
            for (let turn = 0; turn < 3; turn++) { widget.renderedCallback(); await new Promise(setImmediate); }
        };
        const shown = () => [widget.source ? widget.source.split('=')[1] : null, widget.problem ?? null];
        const emit = (id, event) => { widget.recordId = id; widget.showRecord(event); };
        const mail = (address) => ({ data: { 'Case.ContactEmail': address } });
        const act = async (step) => { await step(); await settle(); steps.push(shown()); };
        /* Lets the time pass until the timer that is on, if there is one. */
        const waits = [];
        const pass = async () => {
            const timer = timers.findLast((timer) => timer.isOn);
            waits.push(timer ? timer.wait : null);
            if (timer) { timer.isOn = false; clock += timer.wait; await timer.run(); }
        };

        """

    /// What is to be seen after each step of `script`, and what it has logged besides.
    private func play(_ script: String, _ expected: String) throws {
        let end = "\nconsole.log(JSON.stringify({ steps, handed, asked, ...extra }));"
        let answer = try Node.run(
            "lwc/cobrowseWidget/cobrowseWidget.js", Self.stage + "const extra = {};\n" + script + end, .null)
        #expect(try answer == JSONValue(parsing: expected.utf8))
    }

    @Test("gives every frame a token of its own, also one that comes back, and each frame one alone")
    func frames() throws {
        try play(
            """
            await act(() => emit('1', mail('a')));
            await act(() => emit('1', mail('a')));
            await act(() => emit('2', {}));
            await act(() => emit('1', mail('a')));
            await act(() => emit('1', { error: 'denied' }));
            await act(() => emit('1', mail('a')));
            await act(() => emit('1', mail(null)));
            await act(() => emit('1', mail('b')));
            """,
            #"""
            {"steps":[["a",null],["a",null],[null,null],["a",null],[null,"This record cannot be read."],["a",null],
            [null,"This record has no value in ContactEmail, which the devices are filtered by."],["b",null]],
            "handed":[["t1","https://eu.cobrowse.io","frame1"],["t1","https://eu.cobrowse.io","frame2"],
            ["t2","https://eu.cobrowse.io","frame3"],["t3","https://eu.cobrowse.io","frame4"]],"asked":["a","a","b"]}
            """#)
    }

    @Test("shows nobody's devices beside another record, whose data are not there yet or come late")
    func otherRecords() throws {
        try play(
            """
            await act(() => emit('1', mail('a')));
            await act(() => emit('2', {}));
            reply = 'later';
            await act(() => emit('2', mail('b')));
            await act(() => emit('3', mail('c')));
            await act(() => waiting[1].give());
            await act(() => waiting[0].give());
            await act(() => emit('4', mail('d')));
            reply = null;
            await act(() => emit('5', mail('e')));
            await act(() => waiting[2].refuse({ message: 'late' }));
            """,
            #"""
            {"steps":[["a",null],[null,null],[null,null],[null,null],["c",null],["c",null],[null,null],["e",null],["e",null]],
            "handed":[["t1","https://eu.cobrowse.io","frame1"],["t2","https://eu.cobrowse.io","frame2"],
            ["t4","https://eu.cobrowse.io","frame3"]],"asked":["a","b","c","d","e"]}
            """#)
    }

    @Test("says why the bridge refuses, and asks again the next time the record is read")
    func refusals() throws {
        try play(
            """
            reply = 'no rule matches';
            await act(() => emit('1', mail('a')));
            reply = null;
            await act(() => emit('1', mail('a')));
            CobrowseAPI.prototype.attachContext = async () => { throw new Error('no frame'); };
            await act(() => emit('2', mail('b')));
            """,
            #"""
            {"steps":[[null,"no rule matches"],["a",null],[null,"no frame"]],
            "handed":[["t1","https://eu.cobrowse.io","frame1"]],"asked":["a","a","b"]}
            """#)
    }

    @Test("gives the frame new tokens while it is shown, tries again where there is none, and ends with the frame")
    func renewal() throws {
        try play(
            """
            extra.waits = waits;
            extra.live = [];
            const note = () => extra.live.push(live.token);
            await act(() => emit('1', mail('a')));
            await act(pass); note();
            reply = 'role_missing';
            await act(pass); note();
            reply = null;
            await act(pass); note();
            reply = 'later';
            const late = timers.findLast((timer) => timer.isOn).run();
            await act(() => widget.disconnectedCallback());
            waiting[0].give();
            await late;
            await act(pass); note();
            """,
            #"""
            {"steps":[["a",null],["a",null],["a","role_missing"],["a",null],[null,null],[null,null]],
            "handed":[["t1","https://eu.cobrowse.io","frame1"]],"asked":["a","a","a","a","a"],
            "waits":[600000,600000,30000,null],"live":["t2","t2","t3","t3"]}
            """#)
    }

    @Test("asks less and less often who is refused a new token, and shows the reason alone when the old one ends")
    func refusedRenewal() throws {
        try play(
            """
            extra.waits = waits;
            await act(() => emit('1', mail('a')));
            reply = 'role_missing';
            for (let turn = 0; turn < 3; turn++) await act(pass);
            reply = null;
            await act(pass);
            reply = 'account_disabled';
            for (let turn = 0; turn < 6; turn++) await act(pass);
            reply = null;
            await act(() => emit('1', mail('a')));
            """,
            #"""
            {"steps":[["a",null],["a","role_missing"],["a","role_missing"],["a","role_missing"],["a",null],
            ["a","account_disabled"],["a","account_disabled"],["a","account_disabled"],["a","account_disabled"],
            [null,"account_disabled"],[null,"account_disabled"],["a",null]],
            "handed":[["t1","https://eu.cobrowse.io","frame1"],["t3","https://eu.cobrowse.io","frame2"]],
            "asked":["a","a","a","a","a","a","a","a","a","a","a"],
            "waits":[600000,30000,60000,120000,600000,30000,60000,120000,90000,null]}
            """#)
    }

    /// The Visualforce page's script with what a browser and Visualforce give it.
    private static let page = """
        const [timers, answers] = [[], cases];
        const elements = { problem: { textContent: '' }, place: { frames: [],
            set textContent(text) { this.frames.length = 0; }, appendChild(frame) { this.frames.push(frame.src); } } };
        const asked = [], handed = [];
        let live = null, clock = 0;
        const stubs = {
            document: { getElementById: (id) => elements[id], createElement: () => ({}) },
            Visualforce: { remoting: { Manager: { invokeAction(name, record, use, options) {
                asked.push([name, record, options.escape]);
                const answer = answers.shift();
                use(answer, { status: !answer.message, message: answer.message });
            } } } },
            CobrowseAPI: class {
                constructor(token, options) { this.token = token; handed.push([token, options.api]); live = this; }
                async attachContext(frame) { if (frame.src.includes('broken')) throw new Error('no frame'); }
            },
            setTimeout: (run, wait) => timers.push([run, wait]), Date: { now: () => clock }
        };
        const code = source.split('<script>')[1].split('</script>')[0].replaceAll('{!JSENCODE(Case.Id)}', '500')
            .replaceAll('{!$RemoteAction.CobrowseCasePage.open}', 'CobrowseCasePage.open');
        new Function(...Object.keys(stubs), code)(...Object.values(stubs));
        const seen = [];
        const note = async () => {
            await new Promise(setImmediate);
            seen.push([elements.problem.textContent, live ? live.token : null, timers.at(-1) ? timers.at(-1)[1] : null]);
        };
        await note();
        while (answers.length > 0) { clock += timers.at(-1)[1]; timers.at(-1)[0](); await note(); }
        const frames = elements.place.frames;
        console.log(JSON.stringify({ frames, asked: asked[0], handed, seen, timers: timers.length }));
        """

    @Test("opens in the Visualforce page what the bridge answers, renews the token, and says why there is none")
    func visualforce() throws {
        func run(_ answers: String) throws -> JSONValue {
            try Node.run("pages/CobrowseCase.page", Self.page, try JSONValue(parsing: answers.utf8))
        }
        let url = "https://eu.cobrowse.io/dashboard?a=1&b=2"
        let renewed = try run(
            #"""
            [{"url":"\#(url)","token":"t1","expiresIn":"900"},{"token":"t2","expiresIn":"90"},{"message":"role_missing"},
            {"token":"t3","expiresIn":"900"}]
            """#)
        let expected = #"""
            {"frames":["\#(url)"],"asked":["CobrowseCasePage.open","500",false],"handed":[["t1","https://eu.cobrowse.io"]],
            "seen":[["","t1",600000],["","t2",60000],["role_missing","t2",30000],["","t3",600000]],"timers":4}
            """#
        #expect(try renewed == JSONValue(parsing: expected.utf8))
        // Timers at 600, 630, 690, 810 and 900 s, and no other after the last refusal.
        let ended = try run(
            #"""
            [{"url":"\#(url)","token":"t1","expiresIn":"900"},{"message":"a"},{"message":"b"},{"message":"c"},
            {"message":"d"},{"message":"e"}]
            """#)
        let last = #"""
            {"frames":[],"asked":["CobrowseCasePage.open","500",false],"handed":[["t1","https://eu.cobrowse.io"]],
            "seen":[["","t1",600000],["a","t1",30000],["b","t1",60000],["c","t1",120000],["d","t1",90000],
            ["e","t1",90000]],"timers":5}
            """#
        #expect(try ended == JSONValue(parsing: last.utf8))
        let refused = try run(#"[{"message":"no rule matches"}]"#)
        #expect(refused["frames"] == .array([]))
        #expect(refused["seen"]?.arrayValue?.first?.arrayValue?.first == .string("no rule matches"))
        let broken = try run(#"[{"url":"https://eu.cobrowse.io/broken","token":"t1","expiresIn":"900"}]"#)
        #expect(broken["frames"] == .array([]))
        #expect(broken["seen"]?.arrayValue?.first?.arrayValue?.first == .string("no frame"))
    }
}

/// What can be said of the Apex without a compiler.
@Suite("The Apex of the widget")
struct WidgetApexTests {
    private static func text(_ path: String) throws -> String {
        String(decoding: try RepositoryFile("Docs/Salesforce/\(path)").bytes(), as: UTF8.self)
    }

    @Test(
        "has a test with every class, or it could not be deployed to production",
        arguments: [
            "widget/classes/CobrowseEmbed", "widget/classes/CobrowseCasePage", "widget-direct/classes/CobrowseEmbed",
        ])
    func tests(path: String) throws {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let test = try Self.text("\(path)Test.cls")
        #expect(test.contains("@IsTest\nprivate class \(name)Test {"))
        // Every method that others can call.
        for method in try Self.text("\(path).cls").split(separator: "\n") where method.contains("public static ") {
            let call = try #require(method.split(separator: "(").first?.split(separator: " ").last)
            #expect(test.contains("\(name).\(call)("), "\(call)")
        }
        for meta in ["\(path).cls-meta.xml", "\(path)Test.cls-meta.xml"] {
            #expect(try Self.text(meta).contains("<apiVersion>60.0</apiVersion>"))
        }
    }

    @Test("does not read the body of an answer before it has looked whether it is JSON")
    func answers() throws {
        let text = try Self.text("widget/classes/CobrowseEmbed.cls")
        let reading = try #require(text.split(separator: "private static Map<String, Object> objectOf").last)
        #expect(text.split(separator: "JSON.deserializeUntyped").count == 2)
        #expect(reading.contains("try {") && reading.contains("JSON.deserializeUntyped"))
    }

    @Test("builds the bridge's URL where Cobrowse gets the org's own token, with the mapping of a new tenant")
    func direct() throws {
        let text = try Self.text("widget-direct/classes/CobrowseEmbed.cls")
        for (type, fields) in RecordMapping.standard.keys {
            for (field, key) in fields {
                #expect(text.contains("'\(type)' => new Map<String, String>{ '\(field)' => '\(key)' }"))
            }
        }
        for byte in UInt8(0x20)..<0x7F { #expect(Self.encode(byte, text) == Self.percentEncoded(byte), "\(byte)") }
        let value = "a+b ~*@c.example"
        let record = CRMRecord(type: "Case", fields: [JSONMember(name: "ContactEmail", value: .string(value))])
        let url = EmbedURL(
            origin: try #require(WebOrigin("https://cobrowse.io")), tokenSource: .postMessage,
            parameters: [.navigation: "none"], filters: try RecordMapping.standard.filters(for: record)
        ).text(token: nil)
        #expect(try Self.text("widget-direct/classes/CobrowseEmbedTest.cls").contains("'\(url)'"))
    }

    /// What `EncodingUtil.urlEncode`, which is Java's `URLEncoder`, makes of one byte of ASCII, and then the replacements of
    /// the class.
    private static func encode(_ byte: UInt8, _ text: String) -> String {
        let stays = ASCII.isAlphanumeric(byte) || "-._*".utf8.contains(byte)
        var result = stays ? String(UnicodeScalar(byte)) : "%" + Hex.encode([byte]).uppercased()
        if byte == UInt8(ascii: " ") { result = "+" }
        let line = text.split(separator: "\n").first { $0.contains("EncodingUtil.urlEncode") } ?? ""
        for pair in line.split(separator: ".replace(").dropFirst() {
            let parts = pair.split(separator: "'")
            result = result.replacing(String(parts[0]), with: String(parts[2]))
        }
        return result
    }

    private static func percentEncoded(_ byte: UInt8) -> String {
        var bytes: [UInt8] = []
        PercentEncoding.append([byte].span, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
