import BridgeCore
import BridgeCrypto
import Testing

@testable import WebConsole

@Suite("The page about a refused sign-in")
struct RefusalPageTests {
    private func html(_ page: RefusalPage) -> String { String(decoding: page.html, as: UTF8.self) }

    @Test("has a text for every reason in every language", arguments: ReasonCode.allCases, Language.allCases)
    func everyCode(code: ReasonCode, language: Language) {
        var page = RefusalPage(code, in: language)
        page.decisionID = "dec_1"
        let text = PageText(Topic(code), in: language)
        let html = html(page)
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
        for part in [text.title, text.message, text.action] {
            var escaped = HTMLText()
            escaped.text(part)
            #expect(html.contains(String(decoding: escaped.bytes, as: UTF8.self)))
        }
        #expect(html.contains("<code>\(code.rawValue)</code>") && html.contains("<code>dec_1</code>"))
    }

    @Test(
        "says something of its own about each topic: what is the matter, and what to do", arguments: Language.allCases)
    func texts(language: Language) {
        let texts = Topic.allCases.map { PageText($0, in: language) }
        #expect(Set(texts.map(\.title)).count == Topic.allCases.count)
        for text in texts {
            #expect(!text.title.isEmpty && !text.title.hasSuffix("."))
            #expect(text.message.hasSuffix(".") && text.action.hasSuffix("."))
            #expect(text.message.count > 20 && text.action.count > 20)
        }
    }

    @Test("is written anew in each language", arguments: Topic.allCases)
    func translated(topic: Topic) {
        let (english, german) = (PageText(topic, in: .english), PageText(topic, in: .german))
        #expect(english.title != german.title && english.message != german.message && english.action != german.action)
    }

    @Test("names the way to approve an address in each of the cases where that is the way out")
    func approval() {
        for topic in [Topic.emailMissing, .emailEmpty, .emailPending, .emailRejected, .emailStatusMissing] {
            for language in Language.allCases {
                let action = PageText(topic, in: language).action
                #expect(action.contains("Copilot Service admin center > User management > Users > Manage"))
                #expect(action.contains("Approve Email"))
            }
        }
    }

    @Test("speaks to people of Salesforce of nothing that they do not have", arguments: Language.allCases)
    func salesforce(language: Language) {
        // What Salesforce never leads to.
        let others: Set<Topic> = [.emailEmpty, .emailRejected, .consentGiven, .organizationsAsked, .organizationsReady]
        let topics = Topic.allCases.filter { !others.contains($0) }
        let texts = topics.map { PageText($0, about: .salesforce, in: language) }
        #expect(Set(texts.map(\.title)).count == topics.count)
        for text in texts {
            let words = "\(text.title) \(text.message) \(text.action)"
            for foreign in ["Dynamics", "Entra", "Microsoft", "Copilot", "environment", "Umgebung"] {
                #expect(!words.contains(foreign), "\(text.title)")
            }
            #expect(!text.title.hasSuffix(".") && text.message.hasSuffix(".") && text.action.hasSuffix("."))
        }
        var page = RefusalPage(.roleMissing, about: .salesforce, in: language)
        page.decisionID = "dec_1"
        #expect(html(page).contains("Cobrowse.io Agent"))
    }

    @Test("holds nothing that came from outside but as text")
    func escaped() {
        var page = RefusalPage(.upstreamUnavailable, in: .english)
        page.decisionID = #"<script>alert("1")</script>&'"#
        page.retry = #"/api/1/dynamics/auth?license=a&redirectTo=%22"><b>"#
        let html = html(page)
        #expect(!html.contains("<script") && !html.contains("<b>"))
        #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"))
        #expect(html.contains(#"<a href="/api/1/dynamics/auth?license=a&amp;redirectTo=%22&quot;&gt;&lt;b&gt;">"#))
    }

    @Test("offers to try again only where that may help")
    func retry() {
        for code in ReasonCode.allCases {
            var page = RefusalPage(code, in: .english)
            page.retry = "/again"
            #expect(html(page).contains(#"href="/again""#) == Topic(code).mayPass)
        }
        #expect(!Topic(.roleMissing).mayPass && Topic(.stateInvalid).mayPass)
    }

    @Test("needs no script and no other file, and has exactly the style that the policy allows")
    func policy() throws {
        let html = html(RefusalPage(.roleMissing, in: .german))
        for part in ["<script", "src=", "url(", "@import", "style=\"", " onclick", "<link", "<img"] {
            #expect(!html.contains(part))
        }
        let style = try #require(html.split(separator: "<style>").last?.split(separator: "</style>").first)
        let digest = try SHA256Digest(of: Array(style.utf8)).bytes
        #expect(PageStyle.hash == "sha256-\(Base64.encode(digest))")
    }

    @Test("that shows Cobrowse in a frame has no script, exactly its own style, and the URL as text")
    func embedding() throws {
        let html = String(
            decoding: EmbedPage(of: #"https://a.example/?code=1&x="><script>"#, in: .german).html, as: UTF8.self)
        #expect(html.contains(#"src="https://a.example/?code=1&amp;x=&quot;&gt;&lt;script&gt;"></iframe>"#))
        #expect(!html.contains("<script"))
        let style = try #require(html.split(separator: "<style>").last?.split(separator: "</style>").first)
        let digest = try SHA256Digest(of: Array(style.utf8)).bytes
        #expect(EmbedPage.styleHash == "sha256-\(Base64.encode(digest))")
    }

    @Test("about what went well has no reason and no way out")
    func success() {
        let html = html(RefusalPage(Topic.consentGiven, in: .english))
        #expect(html.contains("the consent was given"))
        #expect(!html.contains("<h2>") && !html.contains("<dl>"))
    }
}
