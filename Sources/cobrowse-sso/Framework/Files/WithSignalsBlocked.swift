internal import Glibc

/// Runs `body` while SIGINT, SIGTERM, SIGHUP and SIGQUIT are held back on this thread.
///
/// One that arrived meanwhile takes effect afterwards. For work of milliseconds only.
func withSignalsBlocked(_ body: () throws(CommandFailure) -> Void) throws(CommandFailure) {
    var signals = sigset_t()
    var previous = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, &previous)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
    try body()
}
