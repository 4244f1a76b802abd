#define _GNU_SOURCE
#include "CEpoll.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

_Static_assert(CEPOLL_IN == EPOLLIN && CEPOLL_OUT == EPOLLOUT, "epoll's numbers");
_Static_assert(CEPOLL_ERR == EPOLLERR && CEPOLL_HUP == EPOLLHUP && CEPOLL_RDHUP == EPOLLRDHUP, "epoll's numbers");
_Static_assert(CEPOLL_EXCLUSIVE == EPOLLEXCLUSIVE && CEPOLL_EDGE == EPOLLET, "epoll's numbers");

int cepoll_accept(int listener, void *address, unsigned int *length) {
    return accept4(listener, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int cepoll_event_descriptor(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}
