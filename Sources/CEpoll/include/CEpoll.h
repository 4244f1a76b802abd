// What Swift's Glibc module leaves out: epoll and eventfd, and accept4 under a name that needs no feature macro here.
// _GNU_SOURCE stays in the .c file; defined in a header it breaks clean debug builds now and then.

#ifndef CEPOLL_H
#define CEPOLL_H

#include <sys/epoll.h>

// EPOLLEXCLUSIVE and EPOLLERR as plain numbers, whatever enumeration the header puts them in.
enum {
    CEPOLL_IN = 0x001u,
    CEPOLL_OUT = 0x004u,
    CEPOLL_ERR = 0x008u,
    CEPOLL_HUP = 0x010u,
    CEPOLL_RDHUP = 0x2000u,
    CEPOLL_EDGE = 1u << 31,
    CEPOLL_EXCLUSIVE = 1u << 28,
};

// accept4(2) with SOCK_NONBLOCK | SOCK_CLOEXEC; address is a sockaddr of *length bytes.
int cepoll_accept(int listener, void *address, unsigned int *length);

// eventfd2(2) with EFD_NONBLOCK | EFD_CLOEXEC.
int cepoll_event_descriptor(void);

#endif
