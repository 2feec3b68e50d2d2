import Glibc

/// The address sanitizer, which `make check` builds into the tests and the program alike.
enum Sanitizer {
    /// Whether it is in this process, and with it in the program: one build makes both.
    static let isBuiltIn = dlsym(nil, "__asan_init") != nil
}
