#define _GNU_SOURCE
#include "CBenchSupport.h"

#include <errno.h>
#include <link.h>
#include <stddef.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)

bool bench_can_count_allocations(void) { return false; }
void bench_begin_counting(void) {}
struct bench_allocations bench_end_counting(void) { return (struct bench_allocations){0, 0}; }

#else

// glibc's own names of the functions that are taken over below; free() stays glibc's.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// initial-exec: reading these must never allocate.
#define PER_THREAD static _Thread_local __attribute__((tls_model("initial-exec")))
PER_THREAD bool is_counting;
PER_THREAD struct bench_allocations counts;

static uintptr_t libcrypto_start, libcrypto_end;

static int find_libcrypto(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    (void)context;
    if (strstr(object->dlpi_name, "libcrypto.so") == NULL) return 0;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
        libcrypto_start = object->dlpi_addr + segment->p_vaddr;
        libcrypto_end = libcrypto_start + segment->p_memsz;
        return 1;
    }
    return 0;
}

bool bench_can_count_allocations(void) { return true; }

void bench_begin_counting(void) {
    if (libcrypto_start == 0) dl_iterate_phdr(find_libcrypto, NULL);
    counts = (struct bench_allocations){0, 0};
    is_counting = true;
}

struct bench_allocations bench_end_counting(void) {
    is_counting = false;
    return counts;
}

// The address the allocator returns to says who asked. libcrypto's CRYPTO_malloc may end in a jump instead of a call;
// the address is then its caller's, which is libcrypto as well.
static inline void count(const void *caller) {
    if (__builtin_expect(!is_counting, 1)) return;
    uintptr_t address = (uintptr_t)caller;
    if (address >= libcrypto_start && address < libcrypto_end) {
        counts.libcrypto++;
    } else {
        counts.own++;
    }
}

#define TAKEN_OVER __attribute__((visibility("default"), noinline))

TAKEN_OVER void *malloc(size_t size) {
    count(__builtin_return_address(0));
    return __libc_malloc(size);
}

TAKEN_OVER void *calloc(size_t number, size_t size) {
    count(__builtin_return_address(0));
    return __libc_calloc(number, size);
}

TAKEN_OVER void *realloc(void *memory, size_t size) {
    count(__builtin_return_address(0));
    return __libc_realloc(memory, size);
}

TAKEN_OVER void *memalign(size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

TAKEN_OVER void *aligned_alloc(size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

TAKEN_OVER int posix_memalign(void **memory, size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    int before = errno;  // POSIX: the error is returned, errno stays
    void *result = __libc_memalign(alignment, size);
    errno = before;
    if (result == NULL) return ENOMEM;
    *memory = result;
    return 0;
}

#endif
