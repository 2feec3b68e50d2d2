extension Fault {
    /// Every fault there is.
    package static let all: [Fault] = transport + entra + defects + dataverse + salesforce

    private static let transport: [Fault] = Place.allCases.filter { $0 != .idToken && $0 != .salesforceIDToken }.flatMap
    { place in
        TransportFault.allCases.map { Fault(place, $0.rawValue, .transport($0), $0.summary) }
    }

    private static let entra: [Fault] = [Place.authorize, .consent, .token, .devicecode].flatMap { place in
        EntraError.catalog.map { entry in
            let word = place == .token || place == .devicecode ? entry.token : entry.callback
            let sentence = "\(word): \(entry.text)"
            return Fault(place, "AADSTS\(entry.number)", .entra(entry.number), sentence)
        }
    }

    private static let defects: [Fault] =
        CallbackDefect.allCases.map { Fault(.authorize, $0.rawValue, .callback($0), $0.summary) }
        + TokenDefect.allCases.map { Fault(.token, $0.rawValue, .token($0), $0.summary) }
        + IDTokenDefect.entra.map { Fault(.idToken, $0.rawValue, .idToken($0), $0.summary) }

    private static let dataverse: [Fault] =
        [Place.dataverse, .discovery].flatMap { place in
            DataverseError.catalog.map { Fault(place, $0.name, .dataverse(.error($0.error)), $0.summary) }
        } + PagingDefect.allCases.map { Fault(.dataverse, $0.rawValue, .dataverse(.paging($0)), $0.summary) }
}
