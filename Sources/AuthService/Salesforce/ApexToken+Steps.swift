extension ApexToken {
    /// What an administrator does, in order; each step says where, and what shows that it worked.
    ///
    /// The certificate comes first, so that the org can sign when the test runs; the key is trusted before anything is
    /// signed with it.
    package var steps: [String] {
        [
            """
            Certificate. In Salesforce: Setup > Certificate and Key Management. If "\(certificate)" is listed (the first \
            Cobrowse package made you create it), keep it. Otherwise: Create Self-Signed Certificate, Label and Unique \
            Name \(certificate), Key Size 2048, Save. The unique name cannot be another one later.
            """,
            """
            Trust. On the same page: click \(certificate), Download Certificate. Then \
            `cobrowse-sso cert import \(certificate).crt --license \(license)`. The .crt holds no private key.
            """,
            """
            Classes. Deploy the four files to a sandbox with `sf project deploy start`, or paste both classes in \
            Developer Console > File > New > Apex Class. Run \(className)Test. A production org takes Apex only by \
            deployment.
            """,
            """
            Access. Setup > Permission Sets > the set of your agents > Apex Class Access > Edit: add \(className), Save. \
            The same for the set of your administrators.
            """,
            """
            Rules. `cobrowse-sso tenant export \(license) > tenant.json`: "rules" has to name your permission sets, by \
            API name or label. Try with `cobrowse-sso rules preview tenant.json --license \(license)`, then \
            `cobrowse-sso tenant apply tenant.json`.
            """,
            """
            Probe. As an administrator: Developer Console > Debug > Open Execute Anonymous Window: \
            `System.debug(\(className).issue());`. Put the token into `cobrowse-sso token inspect TOKEN`, then \
            `cobrowse-sso explain --license \(license) --token TOKEN`. Delete the debug log: until the token expires, \
            whoever reads it is you.
            """,
            """
            Call it. Visualforce: <apex:page controller="\(className)"> and {!URLENCODE(token)}. Lightning: import issue \
            from '@salesforce/apex/\(className).issue', called when it is needed and never cached.
            """,
            """
            An agent. Open the page as one who is no administrator. Refused with claim_missing about emailVerified, or \
            with roles_unavailable? Then Salesforce hides that fact from the Apex of this user: \
            Docs/Salesforce/ApexTokens.md has the ways out. Any other code: \
            `cobrowse-sso explain --license \(license) --email AGENT`.
            """,
        ]
    }
}
