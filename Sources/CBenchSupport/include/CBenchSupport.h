// What the benchmarks need and Swift's Glibc module does not offer: counting allocations, pinning threads.
#ifndef COBROWSE_SSO_BENCH_SUPPORT_H
#define COBROWSE_SSO_BENCH_SUPPORT_H

#include <stdbool.h>
#include <stdint.h>

/// Heap allocations of one thread, by who asked: malloc, calloc, realloc, posix_memalign, aligned_alloc, memalign.
struct bench_allocations {
    /// Asked for by the program itself and every library but libcrypto.
    uint64_t own;
    /// Asked for by code of libcrypto.
    uint64_t libcrypto;
};

/// Whether allocations are counted at all: a sanitizer brings an allocator of its own.
bool bench_can_count_allocations(void);

/// Counts the calling thread's allocations from now on.
void bench_begin_counting(void);

/// Stops counting and returns the counts since `bench_begin_counting`.
struct bench_allocations bench_end_counting(void);

/// Binds the calling thread, and the processes and threads it starts from now on, to one core. Returns 0 or errno.
int bench_pin_thread(int core);

/// Fills `cores` with at most `capacity` of the cores this process may use, ascending. Returns how many, or -1.
int bench_allowed_cores(int *cores, int capacity);

#endif
