#define _GNU_SOURCE
#include "CEpoll.h"

#include <sys/socket.h>

_Static_assert(CEPOLL_IN == EPOLLIN && CEPOLL_OUT == EPOLLOUT, "epoll's numbers");
_Static_assert(CEPOLL_ERR == EPOLLERR && CEPOLL_HUP == EPOLLHUP, "epoll's numbers");
_Static_assert(CEPOLL_EXCLUSIVE == EPOLLEXCLUSIVE, "epoll's numbers");

int cepoll_accept(int listener, void *address, unsigned int *length) {
    return accept4(listener, (struct sockaddr *)address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
