/// With whose token an environment is asked: it decides what a refusal means, and who can do something about it.
package enum DataverseCaller: Sendable, Hashable {
    /// With that of the connection's client, which an application user of the environment stands for.
    case application
    /// With that of the person who signs in.
    case person
}
