#define _GNU_SOURCE
#include "CSocketDiag.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
static const uint8_t none[16];

static int isIPv4(const uint8_t address[16]) { return memcmp(address, mapped, sizeof mapped) == 0; }

// Whether the address that the kernel says, in the form of its family, is this one.
static int isSame(const __be32 said[4], int family, const uint8_t address[16]) {
    if (family == AF_INET6) return memcmp(said, address, 16) == 0;
    return isIPv4(address) && memcmp(said, address + 12, 4) == 0;
}

// The kernel also says sockets that listen on the local end, where there is none between the two.
static int isAnswer(
    const struct inet_diag_msg *said, const uint8_t local[16], uint16_t localPort, const uint8_t remote[16],
    uint16_t remotePort) {
    if (said->id.idiag_sport != htons(localPort) || !isSame(said->id.idiag_src, said->idiag_family, local)) return 0;
    if (memcmp(remote, none, sizeof none) == 0 && remotePort == 0) return said->id.idiag_dport == 0;
    return said->id.idiag_dport == htons(remotePort) && isSame(said->id.idiag_dst, said->idiag_family, remote);
}

static int ask(int netlink, const struct inet_diag_req_v2 *question) {
    struct {
        struct nlmsghdr header;
        struct inet_diag_req_v2 question;
    } message = {
        .header = {.nlmsg_len = sizeof message, .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST},
        .question = *question,
    };
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent;
    do {
        sent = sendto(netlink, &message, sizeof message, 0, (struct sockaddr *)&kernel, sizeof kernel);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

int csocketdiag_find(
    const uint8_t local[16], uint16_t localPort, const uint8_t remote[16], uint16_t remotePort,
    struct csocketdiag_socket *found) {
    int plain = isIPv4(local);
    struct inet_diag_req_v2 question = {
        .sdiag_family = plain ? AF_INET : AF_INET6,
        .sdiag_protocol = IPPROTO_TCP,
        .idiag_states = ~0u,
        .id = {
            .idiag_sport = htons(localPort),
            .idiag_dport = htons(remotePort),
            .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE},
        },
    };
    memcpy(question.id.idiag_src, local + (plain ? 12 : 0), plain ? 4 : 16);
    memcpy(question.id.idiag_dst, remote + (plain ? 12 : 0), plain ? 4 : 16);

    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (netlink < 0) return errno;
    int error = ask(netlink, &question);
    // The kernel answers before the question is sent; what is not there then never comes.
    _Alignas(struct nlmsghdr) uint8_t answer[4096];
    ssize_t length = -1;
    if (error == 0) {
        length = recv(netlink, answer, sizeof answer, MSG_DONTWAIT);
        if (length < 0) error = errno;
    }
    close(netlink);
    if (error != 0) return error;

    const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
    if (!NLMSG_OK(header, (size_t)length)) return EPROTO;
    if (header->nlmsg_type == NLMSG_ERROR) {
        if (header->nlmsg_len < NLMSG_LENGTH(sizeof(struct nlmsgerr))) return EPROTO;
        int code = -((const struct nlmsgerr *)NLMSG_DATA(header))->error;
        return code > 0 ? code : EPROTO;
    }
    if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY) return EPROTO;
    if (header->nlmsg_len < NLMSG_LENGTH(sizeof(struct inet_diag_msg))) return EPROTO;
    const struct inet_diag_msg *said = NLMSG_DATA(header);
    if (!isAnswer(said, local, localPort, remote, remotePort)) return ENOENT;
    found->user = said->idiag_uid;
    found->inode = said->idiag_inode;
    return 0;
}

int csocketdiag_peer(int descriptor, uint32_t *user) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return errno;
    if (length != sizeof peer || peer.uid == (uid_t)-1) return ENOENT;
    *user = peer.uid;
    return 0;
}
