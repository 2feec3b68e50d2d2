import BridgeCore
import BridgeTesting
import HTTPMessage
import Simulators
import Testing

@Suite("Pages of the stand-in of Dataverse")
struct PagingTests {
    let standIns: StandIns
    let token: String

    init() throws {
        standIns = try StandIns(people: 6000)
        token = try (standIns.applicationToken().json["access_token"]?.stringValue).unwrapped("token")
    }

    private func ask(_ url: String, _ prefer: String? = nil) throws -> HTTPResponse {
        var fields = ["Authorization": "Bearer \(token)"]
        if let prefer { fields["Prefer"] = prefer }
        return try standIns.get(url.replacing(" ", with: "%20"), fields)
    }

    /// The ids of all rows, page by page.
    private func pages(_ target: String, _ prefer: String? = nil) throws -> [[String]] {
        var pages: [[String]] = []
        var next: String? = "\(standIns.api)/\(target)"
        while let url = next {
            let answer = try ask(url, prefer)
            try #require(answer.status == .ok, "\(answer.text)")
            pages.append((answer.json["value"]?.arrayValue ?? []).compactMap { $0["systemuserid"]?.stringValue })
            next = answer.json["@odata.nextLink"]?.stringValue
        }
        return pages
    }

    @Test("hold 5000 rows, each once")
    func standard() throws {
        let pages = try pages("systemusers?$select=systemuserid")
        #expect(pages.map(\.count).dropLast().allSatisfy { $0 == 5000 })
        #expect(pages.count == 2)
        let all = pages.flatMap(\.self)
        #expect(Set(all).count == all.count)
        #expect(all.count > 6000)
    }

    @Test(
        "are as long as Prefer says, up to 5000",
        arguments: [
            ("odata.maxpagesize=5", 5, "odata.maxpagesize=5"),
            ("odata.maxpagesize=5000", 5000, "odata.maxpagesize=5000"),
            ("odata.maxpagesize=9000", 5000, nil),
            ("odata.include-annotations=\"*\", odata.maxpagesize=7", 7, "odata.maxpagesize=7"),
            ("return=representation", 5000, nil),
        ] as [(String, Int, String?)])
    func preference(prefer: String, size: Int, applied: String?) throws {
        let answer = try ask("\(standIns.api)/systemusers?$select=fullname", prefer)
        #expect(answer.json["value"]?.arrayValue?.count == size)
        #expect(HTTPFieldName("Preference-Applied").flatMap { answer.fields[$0]?.text } == applied)
    }

    @Test(
        "keep filter and order",
        arguments: [
            "systemusers?$select=systemuserid&$filter=isdisabled eq true",
            "systemusers?$select=systemuserid&$filter=isdisabled eq true&$orderby=fullname",
            "systemusers?$select=systemuserid&$filter=isdisabled eq true&$orderby=modifiedon desc",
        ])
    func filtered(target: String) throws {
        let pages = try pages(target, "odata.maxpagesize=50")
        #expect(pages.flatMap(\.self).count == 62)  // 60 generated ones, dora and zoe
        #expect(pages.map(\.count) == [50, 12])
    }

    @Test("of those who have a role reach everybody who has it")
    func byRole() throws {
        let roles = try ask(
            "\(standIns.api)/roles?$select=roleid&$filter=name eq 'Cobrowse.io - Administrator' and _parentroleid_value eq null"
        )
        let role = try #require(roles.json["value"]?.arrayValue?.first?["roleid"]?.stringValue)
        let all = try pages("roles(\(role))/systemuserroles_association?$select=systemuserid", "odata.maxpagesize=200")
        #expect(all.flatMap(\.self).count == 302)  // 300 generated ones, ann and bea
        #expect(all.count == 2)
    }

    @Test("stop at $top, which a page size switches off")
    func top() throws {
        let answer = try ask("\(standIns.api)/systemusers?$top=3")
        #expect(answer.json["value"]?.arrayValue?.count == 3)
        #expect(answer.json["@odata.nextLink"] == nil)
        let both = try ask("\(standIns.api)/systemusers?$top=3", "odata.maxpagesize=2")
        #expect(both.json["value"]?.arrayValue?.count == 2)
        #expect(both.json["@odata.nextLink"] != nil)
    }

    @Test("can be counted")
    func count() throws {
        let answer = try ask(
            "\(standIns.api)/systemusers?$select=fullname&$count=true&$filter=isdisabled eq true", "odata.maxpagesize=1"
        )
        #expect(answer.json["@odata.count"]?.integerValue == 62)
    }

    @Test("have links on their own host, which are followed as they are")
    func links() throws {
        let answer = try ask("\(standIns.api)/systemusers?$select=fullname", "odata.maxpagesize=2")
        let link = try (answer.json["@odata.nextLink"]?.stringValue).unwrapped("next link")
        #expect(
            link.hasPrefix("\(standIns.api)/systemusers?$select=fullname&$skiptoken=%3Ccookie%20pagenumber%3D%222%22"))
        #expect(try ask(link, "odata.maxpagesize=2").status == .ok)
        #expect(try ask(link + "x", "odata.maxpagesize=2").dataverseCode == "0x80060888")
        #expect(try ask(link.replacing("%2522", with: "%22"), nil).dataverseCode == "0x80060888")
    }

    @Test(
        "of lists that never end, or lead away",
        arguments: [
            "next-link-elsewhere", "next-page-fails", "next-link-loops", "next-link-endless",
        ])
    func defects(name: String) throws {
        try standIns.simulator.set("dataverse.\(name)", times: nil)
        let first = try ask("\(standIns.api)/systemusers?$select=fullname&$top=1")
        let link = try (first.json["@odata.nextLink"]?.stringValue).unwrapped("next link")
        #expect(link.hasPrefix(standIns.contoso) == (name != "next-link-elsewhere"))
        guard name != "next-link-elsewhere" else { return }
        let second = try ask(link)
        switch name {
        case "next-page-fails": #expect(second.status == .internalServerError)
        case "next-link-loops":
            let third = try ask(try (second.json["@odata.nextLink"]?.stringValue).unwrapped("next link"))
            #expect(third.json["@odata.nextLink"] == second.json["@odata.nextLink"])
        default:
            #expect(second.json["value"]?.arrayValue == [])
            #expect(second.json["@odata.nextLink"] != first.json["@odata.nextLink"])
        }
    }
}
