internal import Glibc

/// Runs `body` while SIGINT, SIGTERM, SIGHUP and SIGQUIT are held back on this thread.
///
/// One that arrived meanwhile takes effect afterwards. For work of milliseconds, or work that asks `isSignalWaiting`.
func withSignalsBlocked(_ body: () throws(CommandFailure) -> Void) throws(CommandFailure) {
    var signals = sigset_t()
    var previous = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, &previous)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
    try body()
}

/// Whether one of the signals that `withSignalsBlocked` holds back has arrived: what takes long ends early then.
func isSignalWaiting() -> Bool {
    var signals = sigset_t()
    guard unsafe sigpending(&signals) == 0 else { return false }
    return [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains { unsafe sigismember(&signals, $0) == 1 }
}
