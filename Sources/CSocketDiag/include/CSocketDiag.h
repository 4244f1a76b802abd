// Whose a socket of this machine is: one question of sock_diag(7) for TCP, and SO_PEERCRED, which Swift's Glibc module leaves
// out, for Unix sockets.

#ifndef CSOCKETDIAG_H
#define CSOCKETDIAG_H

#include <stdint.h>

struct csocketdiag_socket {
    // As the calling process's user namespace has it.
    uint32_t user;
    // 0 for a socket that no process has any more.
    uint32_t inode;
};

// Finds the socket whose own end is `local` and whose other end is `remote`; addresses are of IPv6, or of IPv4 in the
// mapped form, in network order, ports in the host's. A socket that listens is found when `remote` is all zeros.
// Returns 0, or an errno: ENOENT when there is no such socket, or when the kernel knows no such question.
int csocketdiag_find(
    const uint8_t local[16], uint16_t localPort, const uint8_t remote[16], uint16_t remotePort,
    struct csocketdiag_socket *found);

// The user who connected a Unix socket's other end (unix(7)), as the calling process's user namespace has it. Returns 0, or
// an errno.
int csocketdiag_peer(int descriptor, uint32_t *user);

#endif
