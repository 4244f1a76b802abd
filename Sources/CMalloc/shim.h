// What Swift's Glibc module leaves out of the C library: how its allocator is set up.
#include <malloc.h>
