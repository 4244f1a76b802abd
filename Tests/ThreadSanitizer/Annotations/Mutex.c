// Tells the thread sanitizer about Synchronization.Mutex, on Linux.
//
// The uncontended ways in and out of a Mutex are inlined and seen by it. The contended ones are in the standard
// library, which is not instrumented: they hand the lock over in the kernel (FUTEX_LOCK_PI), and every access after
// that is reported, though it is in order. These two stand before the library's, do the same, and say so. Nothing is
// kept quiet: a value that is touched outside its lock is still reported, which a suppression would hide.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

// Synchronization._MutexHandle._lockSlow(UInt32) and ._unlockSlow(), as Swift 6.3 names them.
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

typedef SWIFT void LockSlow(uint32_t, SELF);
typedef SWIFT void UnlockSlow(SELF);

// Of the sanitizer's run time: what was released on an address happened before what is done after acquiring it.
void __tsan_acquire(void *address);
void __tsan_release(void *address);

static void *original(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (function == NULL) abort();
    return function;
}

SWIFT void mutexLockSlow(uint32_t thread, SELF mutex) __asm__(LOCK_SLOW);
SWIFT void mutexLockSlow(uint32_t thread, SELF mutex) {
    ((LockSlow *)original(LOCK_SLOW))(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT void mutexUnlockSlow(SELF mutex) __asm__(UNLOCK_SLOW);
SWIFT void mutexUnlockSlow(SELF mutex) {
    __tsan_release(mutex);
    ((UnlockSlow *)original(UNLOCK_SLOW))(mutex);
}
