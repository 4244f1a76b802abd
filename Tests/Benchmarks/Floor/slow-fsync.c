// Preloaded into a server, it makes every fsync and fdatasync take CASEKEEPER_BENCH_FSYNC_MICROS longer: a disk whose
// flush is as slow as a datacentre's network disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int delayed(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int result = real(file);
    const char *micros = getenv("CASEKEEPER_BENCH_FSYNC_MICROS");
    if (micros) usleep((useconds_t)atoi(micros));
    return result;
}

int fsync(int file) { return delayed("fsync", file); }
int fdatasync(int file) { return delayed("fdatasync", file); }
