internal import Glibc

exit(BenchRun.start(Array(CommandLine.arguments.dropFirst())))
