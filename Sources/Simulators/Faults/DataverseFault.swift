/// An answer of Dataverse or Global Discovery that refuses, or leads astray.
enum DataverseFault: Sendable, Hashable {
    case error(DataverseError)
    case paging(PagingDefect)
}

/// A list that cannot be read to its end.
enum PagingDefect: String, Sendable, Hashable, CaseIterable {
    case foreignHost = "next-link-elsewhere"
    case fails = "next-page-fails"
    case loops = "next-link-loops"
    case endless = "next-link-endless"

    var summary: String {
        switch self {
        case .foreignHost: "@odata.nextLink leads to another host"
        case .fails: "there is an @odata.nextLink, and the page behind it is a 500"
        case .loops: "@odata.nextLink leads to the same page again"
        case .endless: "every page is empty and has an @odata.nextLink to another one"
        }
    }
}
