import BridgeCore
import HTTPMessage

/// `GET /simulator`.
enum ControlOverview {
    static func answer(_ simulator: Simulator) -> HTTPResponse {
        let (population, faults) = simulator.withWorld { ($0.population, $0.faults) }
        return .json { writer in
            writer.object { writer in
                writeSites(simulator.sites, to: &writer)
                writeTenants(population, to: &writer)
                writeClients(population, to: &writer)
                writeOrgs(population, to: &writer)
                writer.texts("people", population.people.map(\.name))
                writer.member("generatedPeople", population.generatedCount)
                writer.texts("faults", faults.entries.map(\.fault.name))
                writer.texts(
                    "routes",
                    [
                        "people", "clients", "environments", "orgs", "faults", "requests", "settings", "keys/rotate",
                        "refreshTokens/revoke", "reset",
                    ].map { "/simulator/\($0)" })
            }
        }
    }

    private static func writeSites(_ sites: SiteMap, to writer: inout JSONWriter) {
        writer.name("sites")
        writer.object { writer in for site in sites.sites { writer.member(site.name, sites[site]) } }
    }

    private static func writeTenants(_ population: Population, to writer: inout JSONWriter) {
        writer.name("tenants")
        writer.object { writer in for tenant in population.tenants { writer.member(tenant.name, tenant.id.value) } }
    }

    private static func writeOrgs(_ population: Population, to writer: inout JSONWriter) {
        writer.name("orgs")
        writer.object { writer in
            for org in population.orgs {
                writer.name(org.name)
                writer.object { writer in
                    writer.member("id", org.id)
                    writer.name("connectedApps")
                    writer.object { writer in
                        for app in org.apps {
                            writer.name(app.name)
                            writer.object { writer in
                                writer.member("consumerKey", app.consumerKey)
                                writer.member("consumerSecret", app.consumerSecret)
                                writer.texts("redirectURIs", app.redirectURIs)
                            }
                        }
                    }
                    writer.texts("users", org.users.listed.map(\.name).sorted())
                }
            }
        }
    }

    private static func writeClients(_ population: Population, to writer: inout JSONWriter) {
        writer.name("clients")
        writer.object { writer in
            for client in population.clients {
                writer.name(client.name)
                writer.object { writer in
                    writer.member("id", client.id.value)
                    writer.member("tenant", client.home)
                    writer.texts("secrets", client.secrets.map(\.value))
                    writer.texts("secretIds", client.secrets.map(\.id.value))
                    writer.texts("redirectURIs", client.redirectURIs)
                }
            }
        }
    }
}

/// `GET /simulator/faults`.
enum FaultList {
    static func answer(_ simulator: Simulator) -> HTTPResponse {
        let active = simulator.withWorld { $0.faults.entries }
        return .json { writer in
            writer.object { writer in
                writer.name("active")
                writer.array { writer in for entry in active { write(entry, to: &writer) } }
                writer.name("all")
                writer.array { writer in
                    for fault in Fault.all {
                        writer.object { writer in
                            writer.member("name", fault.name)
                            writer.member("summary", fault.summary)
                        }
                    }
                }
            }
        }
    }

    private static func write(_ entry: FaultPlan.Entry, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", entry.fault.name)
            writer.name("times")
            if let remaining = entry.remaining { writer.integer(remaining) } else { writer.null() }
            if let matching = entry.matching { writer.member("matching", matching) }
            if let milliseconds = entry.milliseconds { writer.member("milliseconds", milliseconds) }
        }
    }
}

/// `GET /simulator/requests`.
enum RequestList {
    static func answer(_ requests: [SeenRequest], total: Int) -> HTTPResponse {
        .json { writer in
            writer.object { writer in
                writer.member("total", total)
                writer.name("items")
                writer.array { writer in for request in requests { write(request, to: &writer) } }
            }
        }
    }

    private static func write(_ request: SeenRequest, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("number", request.number)
            writer.member("time", request.time.description)
            writer.member("site", request.site)
            writer.member("method", request.method)
            writer.member("path", request.path)
            writer.member("query", request.query)
            writer.name("fields")
            writer.object { writer in for (name, value) in request.fields.sorted(by: <) { writer.member(name, value) } }
            writer.name("form")
            writer.object { writer in for (name, value) in request.form.sorted(by: <) { writer.member(name, value) } }
            writer.member("status", request.status)
            writer.member("fault", request.fault)
        }
    }
}

/// `GET /`.
enum ControlPage {
    static func answer(_ simulator: Simulator) -> HTTPResponse {
        let population = simulator.withWorld { $0.population }
        let sites = simulator.sites.sites.map { "<tr><td>\($0.name)</td><td>\(simulator.sites[$0])</td></tr>" }
        let people = population.people.map { person in
            "<tr><td>\(HTTPResponse.escaped(person.name))</td><td>\(HTTPResponse.escaped(person.displayName))</td>"
                + "<td>\(HTTPResponse.escaped(person.userPrincipalName))</td></tr>"
        }
        return .page(
            title: "Simulators",
            """
            <p><a href="/simulator">Everything as JSON</a>, <a href="/simulator/faults">faults</a>,
            <a href="/simulator/requests">requests</a></p>
            <h2>Sites</h2><table>\(sites.joined(separator: "\n"))</table>
            <h2>People</h2><table>\(people.joined(separator: "\n"))</table>
            \(population.orgs.map { Self.people(of: $0, sites: simulator.sites) }.joined(separator: "\n"))
            """)
    }

    private static func people(of org: Org, sites: SiteMap) -> String {
        let rows = org.users.listed.sorted { $0.name < $1.name }.map { user in
            "<tr><td>\(HTTPResponse.escaped(user.name))</td><td>\(HTTPResponse.escaped(user.displayName))</td>"
                + "<td>\(HTTPResponse.escaped(user.username))</td></tr>"
        }
        return """
            <h2>People of the org \(HTTPResponse.escaped(org.name))</h2>
            <p><a href="\(sites[.salesforce(org.name)])/canvas/bridge">A page of theirs with Canvas</a></p>
            <table>\(rows.joined(separator: "\n"))</table>
            """
    }
}
