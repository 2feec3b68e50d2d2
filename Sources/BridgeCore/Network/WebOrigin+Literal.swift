extension WebOrigin {
    /// The origin of `https` at a host that is written in code: in lower case, ASCII, without a port.
    package init(https host: StaticString) {
        isSecure = true
        self.host = host.description
        port = 443
    }
}
