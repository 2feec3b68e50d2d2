import HTTPMessage

/// A page that shows another one in a frame, as a page of a CRM shows Cobrowse.
///
/// Under another name of this machine it is one of another site, to which browsers give no cookies of the framed one.
enum FramePage {
    static let path = "/frame"

    /// Query: `src`, the URL of what is framed.
    static func answer(_ request: SimulatedRequest) -> HTTPResponse {
        guard let source = try? Parameters(request.query ?? "", isForm: false)["src"],
            source.hasPrefix("http://") || source.hasPrefix("https://")
        else { return .page(.badRequest, title: "A frame", "<p>src has to be a URL of http or https.</p>") }
        return .page(
            title: "A page of a CRM",
            "<iframe src=\"\(HTTPResponse.escaped(source))\" title=\"Cobrowse\" width=\"100%\" height=\"600\"></iframe>"
        )
    }
}
